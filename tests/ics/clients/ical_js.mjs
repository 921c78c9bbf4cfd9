// Reads a calendar on stdin with ical.js and prints what it holds as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.argv[2] + "/");
const loaded = require(process.argv[3]);
const ICAL = loaded.default ?? loaded;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const plain = (value) => (value && value.toString ? value.toString() : value);
const entries = calendar.getAllSubcomponents().map((entry) => {
  const properties = {};
  for (const property of entry.getAllProperties()) {
    (properties[property.name] ??= []).push(property.getValues().map(plain));
  }
  const triggers = entry
    .getAllSubcomponents("valarm")
    .map((alarm) => plain(alarm.getFirstPropertyValue("trigger")));
  return { kind: entry.name, properties, triggers };
});
const name = calendar.getFirstPropertyValue("name");
const refresh = plain(calendar.getFirstPropertyValue("refresh-interval"));
console.log(JSON.stringify({ name, refresh, entries }));
