
sockeye.fields = (function()
    local list = {}
    for _, field in pairs(fields) do
        for _, one in pairs(type(field) == "table" and field or { field }) do
            list[#list + 1] = one
        end
    end
    return list
end)()

local expert_error = ProtoExpert.new("sockeye.error", "Bad message", expert.group.MALFORMED, expert.severity.ERROR)
local expert_unfinished = ProtoExpert.new("sockeye.unfinished", "The message is not all there", expert.group.UNDECODED,
    expert.severity.WARN)
sockeye.experts = { expert_error, expert_unfinished }
