#!/bin/sh
# ExcelJS 4.4.0 writes CSV whose rows have fewer cells than the heading, and cells that are JSON.
#
# Seen with `workbook.csv.writeBuffer`, from a sheet whose columns have headings:
# - a row whose last values are null ends before them, while null between others is an empty cell: the rows below one
#   heading have 3, 2 and 1 cells. A reader that wants as many cells as names refuses them, and one that does not cannot
#   tell them from rows that were cut.
# - a cell with rich text is the JSON of its runs, with their fonts, and not its text; `cell.text` has that. A link is its
#   address, and not the text that the sheet shows.
# The same sheet as .xlsx has the texts, and an empty cell where a value was null.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0

cat >seen.js <<'PROGRAM'
const ExcelJS = require("exceljs");

async function see() {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("Users");
  sheet.columns = ["USER_ID", "AGE", "CITY"].map((name) => ({ header: name, key: name }));
  sheet.addRow({ USER_ID: "u-1", AGE: null, CITY: "Bern" });
  sheet.addRow({ USER_ID: "u-2", AGE: 35, CITY: null });
  sheet.addRow({ USER_ID: "u-3", AGE: null, CITY: null });
  sheet.addRow({ USER_ID: "u-4", AGE: 37, CITY: null });
  sheet.getCell("C5").value = { richText: [{ text: "Zü", font: { bold: true } }, { text: "rich" }] };
  sheet.getCell("A5").value = { text: "u-4", hyperlink: "https://example.com/4" };
  console.log(String(await workbook.csv.writeBuffer()));
  console.log(sheet.getCell("A5").text, sheet.getCell("C5").text);
}

see();
PROGRAM
node seen.js | tee seen
cat >expected <<'SEEN'
USER_ID,AGE,CITY
u-1,,Bern
u-2,35
u-3
https://example.com/4,37,"{""richText"":[{""text"":""Zü"",""font"":{""bold"":true}},{""text"":""rich""}]}"
u-4 Zürich
SEEN
diff expected seen
