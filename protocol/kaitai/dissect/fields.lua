
-- The fields of filters, and experts ------------------------------------------------------------------------------

local expert_error = ProtoExpert.new(PROTO .. ".error", "Not as described", expert.group.MALFORMED,
    expert.severity.ERROR)
proto.experts = { expert_error }

local all_fields = {}
local by_name = {}

-- Wireshark knows each name once.
local function field(kind, abbreviation, name, ...)
    local full = abbreviation
    for i = 2, 1000 do
        if not by_name[full] then
            break
        end
        full = abbreviation .. "_" .. i
    end
    local made = ProtoField[kind](full, name, ...)
    by_name[full] = made
    all_fields[#all_fields + 1] = made
    return made
end
