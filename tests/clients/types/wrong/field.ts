// error TS2339
import type { Event } from "../types/comity";
export const when = (event: Event): string => event.wehn;
