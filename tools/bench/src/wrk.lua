-- Asks for one URL, or for those of a file, a line each, in their order; says in one line what came of it.

local list, next_one = nil, 1

function init(args)
  if args[1] then
    list = {}
    for path in io.lines(args[1]) do
      list[#list + 1] = wrk.format(nil, path)
    end
    request = function()
      local requested = list[next_one]
      next_one = next_one % #list + 1
      return requested
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "wrk: requests=%d micros=%d bytes=%d p50=%d p99=%d status=%d broken=%d\n",
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
