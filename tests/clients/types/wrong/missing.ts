// error TS18048
import type { Event } from "../types/comity";
export const places = (event: Event): number => event.places.length;
