import type { Event } from "../comity";
export const evidence = (event: Event): string[] => Object.keys(event.evidence);
