-- Neovim as a client: opens a plan, waits for what the server says of it, asks for a few things, and says `fine` or why not.

local function fail(why)
  io.stderr:write(why .. "\n")
  vim.cmd("cquit 1")
end

local function expect(wanted, found, what)
  if wanted ~= found then
    fail(what .. ": wanted " .. vim.inspect(wanted) .. ", found " .. vim.inspect(found))
  end
end

local function run()
  local told = {}
  local client = vim.lsp.start_client({
    name = "stopline",
    cmd = { vim.env.STOPLINE, "lsp" },
    root_dir = vim.fn.getcwd(),
    handlers = {
      ["textDocument/publishDiagnostics"] = function(...)
        vim.lsp.diagnostic.on_publish_diagnostics(...)
        told[#told + 1] = true
      end,
    },
  })
  vim.cmd("edit shop.plan")
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, client)

  local function found(rule)
    for _, finding in ipairs(vim.diagnostic.get(buffer)) do
      if finding.code == rule or finding.user_data and finding.user_data.lsp.code == rule then
        return finding
      end
    end
  end
  local function wait(what, condition)
    if not vim.wait(120000, condition, 5) then
      fail("waited in vain for " .. what .. ": " .. vim.inspect(vim.diagnostic.get(buffer)))
    end
  end
  local function ask(method, position)
    local params = { textDocument = vim.lsp.util.make_text_document_params(buffer), position = position }
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 120000)
    local answer = answers and answers[client]
    if not answer or answer.err then
      fail(method .. ": " .. vim.inspect(answer))
    end
    return answer.result
  end

  wait("the Friday", function()
    return found("shop/friday")
  end)
  local friday = found("shop/friday")
  local line = vim.api.nvim_buf_get_lines(buffer, friday.lnum, friday.lnum + 1, true)[1]
  expect("2030-11-29T10:00", line:sub(friday.col + 1, friday.end_col), "what is underlined")
  expect(vim.diagnostic.severity.ERROR, friday.severity, "the severity")

  -- The step behind an emoji: columns are UTF-16.
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
  local row, column
  for index, text in ipairs(lines) do
    local at = text:find("[fetch]", 1, true)
    if at then
      row, column = index - 1, at
    end
  end
  local hover = ask("textDocument/hover", { line = row, character = column + 1 })
  expect(true, hover.contents.value:find("**step** `fetch`", 1, true) == 1, "hover: " .. hover.contents.value)
  local definition = ask("textDocument/definition", { line = row, character = column + 1 })
  expect(true, lines[definition[1].range.start.line + 1]:find("step fetch", 1, true) ~= nil, "definition")

  -- Moved to a Tuesday, the plan may go.
  local moved = line:gsub("2030%-11%-29", "2030-11-26")
  vim.api.nvim_buf_set_lines(buffer, friday.lnum, friday.lnum + 1, true, { moved })
  wait("silence", function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  io.stdout:write("fine\n")
  vim.cmd("qall!")
end

local ok, problem = pcall(run)
if not ok then
  fail(problem)
end
