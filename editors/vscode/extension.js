// Starts `stopline lsp` for the folder that is open, and says what to do where there is no such program.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function activate(context) {
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(async (changed) => {
      if (changed.affectsConfiguration("stopline.path")) {
        await deactivate();
        await start();
      }
    }),
  );
  await start();
}

async function start() {
  const command = vscode.workspace.getConfiguration("stopline").get("path") || "stopline";
  const documents = ["**/*.plan", "**/*.policy", "**/*.plan.{yaml,yml,json,md}", "**/stopline.toml"];
  client = new LanguageClient(
    "stopline",
    "Stopline",
    { command, args: ["lsp"] },
    { documentSelector: documents.map((pattern) => ({ scheme: "file", pattern })) },
  );
  try {
    await client.start();
  } catch (problem) {
    client = undefined;
    const settings = "Open settings";
    const chosen = await vscode.window.showErrorMessage(
      `\`${command}\` cannot be started: ${problem.message ?? problem}. Install stopline, or set \`stopline.path\`.`,
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "stopline.path");
    }
  }
}

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

module.exports = { activate, deactivate };
