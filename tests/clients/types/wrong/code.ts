// error TS2367
import type { Event } from "../types/comity";
export const isVisit = (event: Event): boolean => event.type === "vist";
