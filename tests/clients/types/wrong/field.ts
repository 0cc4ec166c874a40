import type { Event } from "../comity";
export const when = (event: Event): string => event.wehn;
