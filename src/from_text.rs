//! The conversions from text that every type with a text form has.

/// Implements `FromStr`, `TryFrom<&str>` and `TryFrom<String>` for a type by one function from `&str`:
/// `from_text!(impl for Kind, UnknownKind, parse)`.
macro_rules! from_text {
    (impl $(<$parameter:ident>)? for $type:ty, $error:ty, $parse:expr) => {
        impl $(<$parameter>)? std::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                let parse: fn(&str) -> Result<Self, $error> = $parse;
                parse(text)
            }
        }

        impl $(<$parameter>)? TryFrom<&str> for $type {
            type Error = $error;

            fn try_from(text: &str) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl $(<$parameter>)? TryFrom<String> for $type {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }
    };
}
pub(crate) use from_text;
