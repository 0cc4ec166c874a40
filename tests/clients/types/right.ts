// A program that reads a release with its types. It must compile.
import type { ActorId, AnyRecord, Event, EventType } from "./types/comity";
import type { Bundle } from "./types/comity";

declare const bundle: Bundle;

const visits: EventType[] = ["visit", "port-call"];
const events: Event[] = bundle.records.event.filter((event) => visits.includes(event.type));
const guests: ActorId[] = events.flatMap((event) => Object.keys(event.participants));
const title: string = events[0]?.names.en ?? "";
const stances = events.flatMap((event) => Object.values(event.evidence ?? {}).map((evidence) => evidence.stance));

function about(record: AnyRecord): string {
  switch (record.kind) {
    case "agreement":
      return record.history["suspended-2"] ?? record.history.signed ?? "";
    case "source":
      return record.publisher;
    case "event":
      return record.when;
    default:
      return record.id;
  }
}

console.log(guests, title, stances, bundle.records.source.map(about), bundle.meta.content_sha256);
