// Run within Thunderbird: what its own parser makes of a calendar, from one day to another.
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const [text, first, last, here] = arguments;
const parser = Cc["@mozilla.org/calendar/ics-parser;1"].createInstance(Ci.calIIcsParser);
parser.parseString(text);
const zone = cal.timezoneService.getTimezone(here);
const [from, to] = [first, last].map((day) => cal.createDateTime(`${day}T000000Z`));
const shown = (when) => {
  const isOfHere = when && !when.isDate && (when.timezone.isUTC || when.timezone.isFloating);
  return when && (isOfHere ? when.getInTimezone(zone) : when).icalString.slice(0, 8);
};
return parser.getItems().flatMap((item) => {
  const series = item.recurrenceInfo;
  const some = series ? series.getOccurrences(from, to, 0) : [item];
  return some.map((one) => [
    one.id, one.title, shown(one.isEvent() ? one.startDate : one.dueDate || one.entryDate),
  ]);
});
