// Rebuilds static/vendor, static/fonts/screen, static/img/icons.svg and VENDORED.md
// from node_modules:  npm ci && npm run vendor
// The results are kept in git, so that a fresh start of the product needs no npm.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

// Our name in the sprite -> file of bootstrap-icons. One picture may serve several names:
// templates say «state-returned», never which drawing that is.
const ICONS = {
  house: "house", menu: "list", close: "x-lg", search: "search", calendar: "calendar3",
  person: "person-circle", people: "people", unit: "building", key: "key", "sign-out": "box-arrow-right",
  tasks: "list-check", track: "signpost-split", bloc: "diagram-3", report: "file-earmark-text",
  sheet: "table", meeting: "easel", agreement: "file-earmark-check", award: "award",
  appraisal: "clipboard-check", council: "people", decision: "patch-check", find: "search",
  statistics: "bar-chart", catalogue: "book", system: "gear", "log-book": "journal-text",
  "chevron-down": "chevron-down", "chevron-right": "chevron-right", "chevron-left": "chevron-left",
  add: "plus-lg", edit: "pencil", delete: "trash", view: "eye", download: "download",
  upload: "upload", print: "printer", pdf: "file-earmark-pdf", attach: "paperclip",
  note: "chat-left-text", copy: "copy", send: "send", clock: "clock", lock: "lock-fill",
  filter: "funnel", check: "check-lg", back: "arrow-left",
  "state-draft": "pencil", "state-submitted": "send", "state-working": "hourglass-split",
  "state-returned": "arrow-return-left", "state-done": "check-circle-fill",
  "state-refused": "x-circle-fill", "state-published": "megaphone-fill", "state-locked": "lock-fill",
  "step-done": "check-lg", "step-current": "arrow-right", "step-blocked": "exclamation-lg",
  "message-debug": "info-circle-fill", "message-info": "info-circle-fill",
  "message-success": "check-circle-fill", "message-warning": "exclamation-triangle-fill",
  "message-error": "exclamation-octagon-fill", "message-danger": "exclamation-octagon-fill",
};

const sourceMap = /\n?\/[*/]# sourceMappingURL=[^\n]*\n?/g; // the maps are not shipped
const version = (name) => JSON.parse(read(`node_modules/${name}/package.json`)).version;
const read = (path) => readFileSync(path, "utf8");
const rows = [];

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function record(name, licence, path, version, origin = `npm ${name}`) {
  const sum = createHash("sha256").update(readFileSync(path)).digest("hex");
  rows.push(`| ${name} | ${version} | ${licence} | ${path.replace("static/", "")} | ${sum} | ${origin} |`);
}

function bootstrap() {
  const folder = `static/vendor/bootstrap-${version("bootstrap")}`;
  const target = `${folder}/bootstrap.min.css`; // its scripts are not used
  write(target, read("node_modules/bootstrap/dist/css/bootstrap.min.css").replace(sourceMap, "\n"));
  record("bootstrap", "MIT", target, version("bootstrap"));
  write(`${folder}/LICENSE`, read("node_modules/bootstrap/LICENSE"));
}

function symbol([name, file]) {
  const svg = read(`node_modules/bootstrap-icons/icons/${file}.svg`);
  const drawing = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${drawing}</symbol>`;
}

function icons() {
  const symbols = Object.entries(ICONS).map(symbol).join("\n");
  write("static/img/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n${symbols}\n</svg>\n`);
  const licence = `static/vendor/bootstrap-icons-${version("bootstrap-icons")}/LICENSE`;
  write(licence, read("node_modules/bootstrap-icons/LICENSE"));
  record("bootstrap-icons", "MIT", "static/img/icons.svg", version("bootstrap-icons"));
}

function screenFont() {
  const name = "@fontsource-variable/inter";
  for (const subset of ["latin", "vietnamese"]) {
    const target = `static/fonts/screen/inter-${subset}.woff2`;
    mkdirSync(dirname(target), { recursive: true });
    cpSync(`node_modules/${name}/files/inter-${subset}-wght-normal.woff2`, target);
    record(name, "OFL-1.1", target, version(name));
  }
  write("static/fonts/screen/OFL.txt", read(`node_modules/${name}/LICENSE`));
}

function paperFonts() {
  for (const style of readdirSync("static/fonts/paper").filter((name) => name.endsWith(".ttf")).sort()) {
    record("Tinos", "OFL-1.1", `static/fonts/paper/${style}`, "1.33", "Debian fonts-croscore");
  }
}

rmSync("static/vendor", { recursive: true, force: true });
bootstrap();
icons();
screenFont();
paperFonts();
write("static/vendor/VENDORED.md", `# Files of others kept in this tree

Made by \`npm ci && npm run vendor\` (fonts for paper: \`python tools/paper_fonts.py\`, run first).
The line that names a source map is taken out of Bootstrap's files, because the maps are not kept.
Paper Serif is Tinos cut to Latin and Vietnamese and renamed, as its licence asks of a changed font.
htmx is not here: it comes with the Python package django-htmx, locked by hash.

| name | version | licence | file under static/ | sha256 | origin |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`);
