import type { Event } from "../comity";
export const isVisit = (event: Event): boolean => event.type === "vist";
