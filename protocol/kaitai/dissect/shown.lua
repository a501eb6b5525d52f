
-- The tree of a packet --------------------------------------------------------------------------------------------

local MOST_ITEMS = 5000
local items = 0

local function wide(class, value)
    return class.new(value % WORD, math.floor(value / WORD) % WORD)
end

local add_object -- below

local function add_value(tree, range, parent_range, a, r, value, name)
    items = items + 1
    if items > MOST_ITEMS then
        return
    end
    local field = r and a.fields[r.f] or a.fields[a.fields.plain]
    if not field then
        return
    end
    local shown_range = range or parent_range
    local item
    if type(value) == "table" then
        if value.t then
            add_object(tree, shown_range, value, field)
        end
        return
    elseif a.fields.kind == "wide" or (r and r.wide) then
        if range and r and r.k == "int" then
            local exact = r.signed and (r.le and range:le_int64() or range:int64())
                or (r.le and range:le_uint64() or range:uint64())
            item = tree:add(field, range, exact)
        else
            item = tree:add(field, shown_range, wide(r and r.k and not r.signed and UInt64 or Int64, value))
        end
    elseif r and (r.k == "bytes") or (not r and type(value) == "string" and a.fields.kind == "bytes") then
        if range and range:len() == #value and not a.undo then
            item = tree:add(field, range)
        elseif #value > 0 then
            item = tree:add(field, ByteArray.new(value, true):tvb(a.id)())
        else
            return
        end
    else
        item = tree:add(field, shown_range, value)
    end
    if not range then
        item:set_generated()
    end
    if name then
        item:prepend_text(name)
    end
end

local function range_of(tvb, where)
    if where and where[1] and where[2] > 0 and where[1] + where[2] <= tvb:len() then
        return tvb(where[1], where[2])
    end
    return nil
end

local packet -- the bytes of what is dissected

local function add_attribute(tree, parent_range, object, index)
    local a = object.t.a[index]
    local value, where = object.v[index], object.at[index]
    if value == nil or a.hidden then
        return
    end
    if a.rep and type(value) == "table" and not value.t then
        for i = 1, value.n do
            if value[i] ~= nil then
                local place_of = where and where[i]
                add_value(tree, range_of(packet, place_of), parent_range, a, place_of and place_of[3], value[i],
                    "[" .. (i - 1) .. "] ")
            end
        end
        return
    end
    if type(value) == "table" and not value.t then
        return -- a list that was computed
    end
    where = where or (type(value) == "table" and value.where) or nil
    add_value(tree, range_of(packet, where), parent_range, a, where and where[3] or a.r, value)
end

local function check_own(tree, object, index)
    local a = object.t.a[index]
    if a.own and object.v[index] ~= nil then
        local ok, expected = pcall(a.own, object)
        if ok and expected ~= object.v[index] then
            tree:add_proto_expert_info(expert_error, a.id .. ": " .. said(expected) .. " was expected, but it is "
                .. said(object.v[index]) .. ".")
        end
    end
end

local function check_sum(tree, object, index)
    local a = object.t.a[index]
    local wrong = a.sum and object.v[index] ~= nil and wrong_sum(object, a)
    if wrong then
        tree:add_proto_expert_info(expert_error, wrong)
    end
end

function add_object(tree, range, object, field)
    local branch = field and tree:add(field, range) or tree
    for index = object.t.first, #object.t.a do
        local a = object.t.a[index]
        if a.inst and object.v[index] == nil and not object.busy[index] then
            local before = depth
            pcall(read_instance, object, index)
            depth = before
        end
        add_attribute(branch, range, object, index)
        check_own(branch, object, index)
        check_sum(branch, object, index)
    end
end

-- Packets ---------------------------------------------------------------------------------------------------------

local function new_root(kind, bytes, begin, size, in_packet, is_open)
    steps, depth, items = 0, 0, 0
    local root = { t = kind, v = {}, at = {}, from = {}, to = {}, busy = {}, io = { s = bytes, b = begin, n = size, pos = 0, nbits = 0,
        bits = 0, tv = in_packet, open = is_open } }
    root.root = root
    return root
end

local function problem_of(what)
    return type(what) == "table" and what.fault or tostring(what)
end

-- Adds one message; says what it is about.
local function add_message(tree, kind, tvb, bytes, begin, size)
    local root = new_root(kind, bytes, begin, size, 0, false)
    local ok, what = pcall(read_object, root)
    local range = tvb(begin, size)
    local branch = tree:add(proto, range)
    packet = tvb
    add_object(branch, range, root)
    local summary
    if ok and kind.summary then
        local said_it, text = pcall(kind.summary, root)
        summary = said_it and text or nil
    end
    if not ok then
        branch:add_proto_expert_info(expert_error, problem_of(what))
        summary = problem_of(what)
    elseif root.io.pos < size then
        branch:add_proto_expert_info(expert_error, "Bytes follow the message.")
    end
    if summary and #summary > 0 then
        branch:append_text(", " .. summary)
    end
    return summary or TITLE
end

local PT_UDP = 3

local function kind_of(pinfo)
    local to_server = pinfo.dst_port == pinfo.match_uint
    return to_server and CLIENT or SERVER
end

function proto.dissector(tvb, pinfo, tree)
    local length = tvb:len()
    if length == 0 then
        return 0
    end
    local bytes = tvb:raw()
    local kind = kind_of(pinfo)
    local is_stream = pinfo.port_type ~= PT_UDP
    local offset, words = 0, {}
    inflated_of = {}
    pinfo.cols.protocol = TITLE
    while offset < length do
        local size = length - offset
        if is_stream then
            local root = new_root(kind, bytes, offset, size, 0, true)
            local ok, what = pcall(read_object, root)
            local more = not ok and type(what) == "table" and what.more
            if more and pinfo.can_desegment > 0 and length == tvb:reported_len() then
                pinfo.desegment_offset = offset
                pinfo.desegment_len = more > 0 and more or DESEGMENT_ONE_MORE_SEGMENT
                break
            end
            size = ok and math.max(root.io.pos, 1) or size
        end
        words[#words + 1] = add_message(tree, kind, tvb, bytes, offset, size)
        offset = offset + size
    end
    if #words > 0 then
        pinfo.cols.info = table.concat(words, "; ")
    end
    return length
end
