//! Paths as text: nothing here asks the system.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, as far as its text goes: a link before `..` is not followed.
pub(crate) fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut out, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
        out
    })
}

/// The path as seen from a folder that contains the path; `None` for a path elsewhere. The text of nearly every path begins
/// with that of the folder, while [`Path::strip_prefix`] takes both apart, for each of thousands of files.
pub(crate) fn below<'p>(path: &'p Path, folder: &Path) -> Option<&'p Path> {
    let text = || path.to_str()?.strip_prefix(folder.to_str()?)?.strip_prefix('/');
    let below = text().filter(|below| !below.starts_with('/'));
    below.map(Path::new).or_else(|| path.strip_prefix(folder).ok())
}

/// A path as the user would write it from the folder `here`, with `/`. Empty for `here` itself.
pub(crate) fn shown(path: &Path, here: &Path) -> String {
    let (path, here) = (plain(path), plain(here));
    let common = path.components().zip(here.components()).take_while(|(a, b)| a == b).count();
    let up = here.components().skip(common).map(|_| "..".to_owned());
    let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_a_folder_that_contains_it() {
        for (path, folder, expected) in [
            ("/a/data/event/x.json", "/a", Some("data/event/x.json")),
            ("/a//data", "/a", Some("data")),
            ("/a/", "/a", Some("")),
            ("/a", "/a", Some("")),
            ("/a/data", "/a/", Some("data")),
            ("/data", "/", Some("data")),
            ("/ab/data", "/a", None),
            ("/b", "/a", None),
        ] {
            assert_eq!(below(Path::new(path), Path::new(folder)), expected.map(Path::new), "{path} below {folder}");
        }
    }

    #[test]
    fn a_path_is_shown_from_the_folder_of_the_user() {
        for (path, here, expected) in [
            ("/a/data", "/a", "data"),
            ("/a/./b/../data", "/a", "data"),
            ("/a", "/a", ""),
            ("/b/data", "/a/c", "../../b/data"),
            ("/data", "/", "data"),
            ("/", "/a", ".."),
        ] {
            assert_eq!(shown(Path::new(path), Path::new(here)), expected, "{path} from {here}");
        }
    }
}
