
-- Streams --------------------------------------------------------------------------------------------------------

local stream_number = Field.new("tcp.stream")
local interface_description = Field.new("frame.interface_description")

-- The frame in which a direction of a connection went wrong: nothing after it can be told apart any more.
local failed_in = {}

function sockeye.init()
    failed_in = {}
end

local function direction_of(pinfo)
    local number = stream_number()
    return number and (tostring(number.value) .. "/" .. tostring(pinfo.src) .. "/" .. pinfo.src_port) or nil
end

local function dissect(tvb, pinfo, tree)
    local direction = direction_of(pinfo)
    local failed = direction and failed_in[direction]
    local all_there = tvb:len() == tvb:reported_len()
    local offset, words = 0, {}
    pinfo.cols.protocol = "Sockeye"
    if failed and failed < pinfo.number then
        local branch = tree:add(sockeye, tvb())
        branch:add(fields.bytes, tvb()):prepend_text("after an error: ")
        pinfo.cols.info = "bytes after an error"
        return tvb:len()
    end
    while offset < tvb:len() do
        local message = message_at(tvb, offset)
        if message.size and not message.missing then
            words[#words + 1] = add_message(tree, tvb, offset, message)
            offset = offset + message.size
        elseif message.missing and all_there and pinfo.can_desegment > 0 then
            pinfo.desegment_offset = offset
            pinfo.desegment_len = message.missing > 0 and message.missing or DESEGMENT_ONE_MORE_SEGMENT
            break
        else
            words[#words + 1] = add_rest(tree, tvb, offset, message)
            if message.fault and direction then
                failed_in[direction] = math.min(failed or pinfo.number, pinfo.number)
            end
            break
        end
    end
    if #words > 0 then
        pinfo.cols.info = table.concat(words, "; ")
    end
    return tvb:len()
end

-- Where nothing else tells: the beginning of a first message.
local function looks_like(tvb)
    local have = tvb:len()
    if have <= FIXED_SIZE then
        -- Too little to tell, but in our own captures, which say so.
        local description = interface_description()
        return have > 0 and tvb(0, 1):uint() == 0 and (have == 1 or tvb(0, 2):uint() >= SMALLEST_HEADER)
            and description ~= nil and tostring(description.value):find(OWN_CAPTURE, 1, true) ~= nil
    end
    local header_size = tvb(0, FIXED_SIZE):uint()
    local text = tvb:raw(FIXED_SIZE, math.min(header_size, have - FIXED_SIZE))
    local begins = text:find('^[ \t\r\n]*{[ \t\r\n]*"') or text:find("^[ \t\r\n]*{?[ \t\r\n]*$")
    if header_size < SMALLEST_HEADER or not begins or text:find("[\0-\8\11\12\14-\31]") then
        return false
    end
    -- As far as it goes.
    return #text < header_size or text:find('"' .. LENGTH_KEY .. '"', 1, true) ~= nil
end

local function heuristic(tvb, pinfo, tree)
    if not looks_like(tvb) then
        return false
    end
    pinfo.conversation = sockeye
    dissect(tvb, pinfo, tree)
    return true
end

sockeye.dissector = dissect
sockeye:register_heuristic("tcp", heuristic)
DissectorTable.get("tcp.port"):add_for_decode_as(sockeye)
