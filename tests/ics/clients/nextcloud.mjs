// What Nextcloud's library makes of a calendar on stdin, from one day to another.
import fs from "node:fs";
import { createRequire } from "node:module";

const [, , base, first, last] = process.argv;
const require = createRequire(`${base}/`);
console.info = console.log = console.debug = () => {}; // it tells its version
const zones = (await import(require.resolve("@nextcloud/timezones"))).getTimezoneManager();
zones.registerDefaultTimezones();
const here = zones.getTimezoneForId("Asia/Shanghai");
const library = await import(require.resolve("@nextcloud/calendar-js"));
const [from, to] = [first, last].map((day) => {
  const [, year, month, date] = day.match(/(\d{4})(\d\d)(\d\d)/);
  return library.DateTimeValue.fromJSDate(new Date(Date.UTC(year, month - 1, date)), true);
});
const shown = (when) => {
  const where = when && when.timezoneId === "UTC" ? when.getInTimezone(here) : when;
  return where && where.toICALJs().toString().slice(0, 10).replaceAll("-", "");
};
const parser = library.getParserManager().getParserForFileType("text/calendar");
parser.parse(fs.readFileSync(0, "utf8"));
const found = [];
for (const calendar of parser.getItemIterator()) {
  for (const item of calendar.getVObjectIterator()) {
    if (item.recurrenceManager.masterItem !== item) continue;
    const some = item.isRecurring() ? item.recurrenceManager.getAllOccurrencesBetween(from, to) : [item];
    for (const one of some) {
      const when = (one.name === "VTODO" && one.dueTime) || one.startDate;
      found.push([one.uid, one.title, shown(when)]);
    }
  }
}
process.stdout.write(JSON.stringify(found));
