
-- Streams: bytes `s`, of which `n` from `b` on are theirs; `tv`: where s begins in the packet, nil for bytes that were
-- made of others.

local MOST_STEPS = 200000
local steps = 0

local function fault(text)
    error({ fault = text }, 0)
end

local function step()
    steps = steps + 1
    if steps > MOST_STEPS then
        fault("The message has more fields than are shown here.")
    end
end

local function need(st, n)
    if n < 0 then
        fault("The size is negative.")
    end
    if st.pos + n > st.n then
        if st.open then
            error({ more = st.pos + n - st.n }, 0)
        end
        fault("It ends too soon.")
    end
end

local function take(st, n)
    need(st, n)
    local from = st.b + st.pos
    st.pos = st.pos + n
    return st.s:sub(from + 1, from + n), from
end

local function place(st, from, size)
    return st.tv and st.tv + from or nil, size
end

-- Numbers ---------------------------------------------------------------------------------------------------------

local function D(a, b)
    if b == 0 then
        fault("A number is divided by zero.")
    end
    return math.floor(a / b)
end

local function M(a, b)
    if b == 0 then
        fault("A number is divided by zero.")
    end
    return a - b * math.floor(a / b)
end

local WORD = 4294967296
local bits = bit32 or bit

-- Of numbers of up to 64 bits: `op` is of those with 32.
local function bits_of(op, a, b)
    local low = op(a % WORD, b % WORD) % WORD
    local high = op(math.floor(a / WORD) % WORD, math.floor(b / WORD) % WORD) % WORD
    local all = high * WORD + low
    return high >= 2147483648 and (a < 0 or b < 0) and all - WORD * WORD or all
end

local function AND(a, b)
    return bits_of(bits.band, a, b)
end

local function OR(a, b)
    return bits_of(bits.bor, a, b)
end

local function XOR(a, b)
    return bits_of(bits.bxor, a, b)
end

local function integer(bytes, is_little, is_signed)
    local value = 0
    for i = 1, #bytes do
        value = value * 256 + bytes:byte(is_little and #bytes + 1 - i or i)
    end
    local range = 256 ^ #bytes
    return is_signed and value >= range / 2 and value - range or value
end

local function float(bytes, is_little)
    local raw = is_little and bytes:reverse() or bytes
    return Struct.unpack(#raw == 4 and ">f" or ">d", raw)
end

local function take_bits(st, count, is_little)
    if st.nbits > 0 and st.little ~= is_little then
        st.nbits, st.bits = 0, 0
    end
    st.little = is_little
    local value, have = 0, 0
    while have < count do
        if st.nbits == 0 then
            st.bits = take(st, 1):byte()
            st.nbits = 8
        end
        local some = math.min(count - have, st.nbits)
        local part
        if is_little then
            part = st.bits % 2 ^ some
            st.bits = math.floor(st.bits / 2 ^ some)
            value = value + part * 2 ^ have
        else
            part = math.floor(st.bits / 2 ^ (st.nbits - some))
            st.bits = st.bits % 2 ^ (st.nbits - some)
            value = value * 2 ^ some + part
        end
        st.nbits = st.nbits - some
        have = have + some
    end
    return value
end

local function align(st)
    st.nbits, st.bits = 0, 0
end

-- Texts -----------------------------------------------------------------------------------------------------------

local function utf8_of(code)
    if code < 0x80 then
        return string.char(code)
    elseif code < 0x800 then
        return string.char(0xc0 + math.floor(code / 64), 0x80 + code % 64)
    elseif code < 0x10000 then
        return string.char(0xe0 + math.floor(code / 4096), 0x80 + math.floor(code / 64) % 64, 0x80 + code % 64)
    end
    return string.char(0xf0 + math.floor(code / 262144), 0x80 + math.floor(code / 4096) % 64,
        0x80 + math.floor(code / 64) % 64, 0x80 + code % 64)
end

local DECODERS = {}

DECODERS["utf-8"] = function(bytes)
    return bytes
end

DECODERS["latin1"] = function(bytes)
    return (bytes:gsub("[\128-\255]", function(c)
        return utf8_of(c:byte())
    end))
end

local function utf16(bytes, is_little)
    local out, at = {}, 1
    while at < #bytes do
        local code = integer(bytes:sub(at, at + 1), is_little)
        at = at + 2
        if code >= 0xd800 and code < 0xdc00 and at < #bytes then
            local low = integer(bytes:sub(at, at + 1), is_little)
            code = 0x10000 + (code - 0xd800) * 1024 + (low - 0xdc00)
            at = at + 2
        end
        out[#out + 1] = (code >= 0xd800 and code < 0xe000 or code > 0x10ffff) and "\239\191\189" or utf8_of(code)
    end
    return table.concat(out)
end

DECODERS["utf-16le"] = function(bytes)
    return utf16(bytes, true)
end

DECODERS["utf-16be"] = function(bytes)
    return utf16(bytes, false)
end

local function characters(text)
    local list = {}
    for c in text:gmatch("[\0-\127\192-\255][\128-\191]*") do
        list[#list + 1] = c
    end
    return list
end

local function text_length(text)
    return #characters(text)
end

local function text_reverse(text)
    local list = characters(text)
    local out = {}
    for i = #list, 1, -1 do
        out[#out + 1] = list[i]
    end
    return table.concat(out)
end

local function text_part(text, from, to)
    return table.concat(characters(text), "", math.max(from, 0) + 1, math.min(to, text_length(text)))
end

local function text_number(text, base)
    return tonumber(text, base or 10) or fault('"' .. text .. '" is no number.')
end

local function whole(number)
    return string.format("%.0f", number)
end

-- What an f-string has of a value.
local function said(value, names)
    if type(value) == "string" then
        return value
    elseif type(value) == "boolean" then
        return value and "true" or "false"
    elseif names and names[value] then
        return names[value]
    end
    return value == math.floor(value) and whole(value) or string.format("%.17g", value)
end

-- Byte by byte, whatever the language of the machine: -1, 0 or 1.
local function order_of(a, b)
    if type(a) ~= "string" or type(b) ~= "string" then
        return a == b and 0 or a < b and -1 or 1
    end
    for i = 1, math.min(#a, #b) do
        if a:byte(i) ~= b:byte(i) then
            return a:byte(i) < b:byte(i) and -1 or 1
        end
    end
    return #a == #b and 0 or #a < #b and -1 or 1
end

-- Lists -----------------------------------------------------------------------------------------------------------

local function list_of(count, ...)
    return { n = count, ... }
end

local function bytes_of(list)
    local out = {}
    for i = 1, list.n do
        out[i] = string.char(list[i] % 256)
    end
    return table.concat(out)
end

local function size_of(list)
    return type(list) == "string" and #list or list.n
end

local function at(list, index)
    if index < 0 or index >= size_of(list) then
        fault("There is no element " .. whole(index) .. ".")
    end
    if type(list) == "string" then
        return list:byte(index + 1)
    end
    return list[index + 1]
end

local function extreme(list, sign)
    local best = at(list, 0)
    for i = 1, size_of(list) - 1 do
        local one = at(list, i)
        if order_of(one, best) == sign then
            best = one
        end
    end
    return best
end

-- Objects ---------------------------------------------------------------------------------------------------------

local read_instance -- below

-- The value of a field or instance.
local function F(object, id)
    local index = object.t.n[id] or fault("There is no field " .. id .. ".")
    if object.v[index] == nil and object.t.a[index].inst and not object.busy[index] then
        read_instance(object, index)
    end
    local value = object.v[index]
    if value == nil then
        fault(id .. " has no value.")
    end
    return value
end

local function P(object)
    return object.parent or fault("There is no _parent here.")
end

local function R(object)
    return object.root or fault("There is no _root here.")
end

local function as(object, name)
    if type(object) ~= "table" or not object.t or object.t.name ~= name then
        fault("The value is not " .. name .. ".")
    end
    return object
end

local function the_end(st)
    return st.pos >= st.n and st.nbits == 0
end

local function trimmed(bytes, a, unit)
    if a.pad then
        while #bytes > 0 and bytes:sub(-1) == a.pad do
            bytes = bytes:sub(1, -2)
        end
    end
    if a.term then
        for i = 1, #bytes - #a.term + 1, unit do
            if bytes:sub(i, i + #a.term - 1) == a.term then
                return bytes:sub(1, i - 1 + (a.include and #a.term or 0))
            end
        end
    end
    return bytes
end

local function terminated(st, a, unit)
    local i = st.pos
    while true do
        if i + #a.term > st.n then
            if st.open then
                error({ more = -1 }, 0)
            elseif a.end_is_error then
                fault("The bytes that end it are missing.")
            end
            return take(st, st.n - st.pos)
        end
        if st.s:sub(st.b + i + 1, st.b + i + #a.term) == a.term then
            break
        end
        i = i + unit
    end
    local bytes, from = take(st, i - st.pos + (a.include and #a.term or 0))
    if a.consume and not a.include then
        st.pos = st.pos + #a.term
    end
    return bytes, from
end

-- The bytes of a value, and where they begin in their stream's bytes; nil for those that were made of others.
local function raw(object, a, r, st, ix)
    local unit = r and r.k == "str" and a.term and #a.term > 1 and #a.term or 1
    local bytes, from
    if a.contents then
        bytes, from = take(st, #a.contents)
    elseif a.size then
        bytes, from = take(st, a.size(object, ix))
        bytes = trimmed(bytes, a, unit)
    elseif a.eos then
        if st.open then
            fault("It goes to the end of the stream.")
        end
        bytes, from = take(st, st.n - st.pos)
        bytes = trimmed(bytes, a, unit)
    else
        bytes, from = terminated(st, a, unit)
    end
    if a.undo then
        return a.undo(bytes, a.undo_with and a.undo_with(object, ix)), nil
    end
    return bytes, from
end

local function xor_bytes(bytes, key)
    local keys = type(key) == "string" and key or string.char(key % 256)
    local out = {}
    for i = 1, #bytes do
        out[i] = string.char(bits.bxor(bytes:byte(i), keys:byte((i - 1) % #keys + 1)))
    end
    return table.concat(out)
end

local function rotated_left(bytes, by)
    return (bytes:gsub(".", function(c)
        local b = c:byte() * 2 ^ (by % 8)
        return string.char(b % 256 + math.floor(b / 256))
    end))
end

local function rotated_right(bytes, by)
    return rotated_left(bytes, -by)
end

local inflated_of = {} -- within a packet, which is read more than once

local function inflated(bytes)
    if not inflated_of[bytes] then
        local ok, range = pcall(function()
            return ByteArray.new(bytes, true):tvb("packed")():uncompress("unpacked")
        end)
        if not ok or not range then
            fault("It is not packed as it must be (zlib).")
        end
        inflated_of[bytes] = range:raw()
    end
    return inflated_of[bytes]
end

local read_object -- below

local function read_one(object, index, st, ix)
    local a = object.t.a[index]
    local r = a.r
    step()
    if a.switch then
        local on = a.switch(object, ix)
        r = a.other
        for _, case in ipairs(a.cases) do
            if case.key(object, ix) == on then
                r = case.r
                break
            end
        end
        if not r and not (a.size or a.eos or a.term) then
            return nil
        end
    end
    local kind = a.contents and "bytes" or r and r.k or "bytes"
    local bit_begin = kind == "bits" and st.nbits > 0 and st.little == r.le and 1 or 0
    if kind ~= "bits" then
        align(st)
    end
    local begin = st.pos - bit_begin
    local value
    if kind == "int" then
        value = integer(take(st, r.n), r.le, r.signed)
    elseif kind == "float" then
        value = float(take(st, r.n), r.le)
    elseif kind == "bits" then
        value = take_bits(st, r.n, r.le)
        if r.bool then
            value = value ~= 0
        end
    elseif kind == "bytes" then
        value = raw(object, a, r, st, ix)
    elseif kind == "str" then
        value = DECODERS[r.enc](raw(object, a, r, st, ix))
    else
        local inner = st
        if a.size or a.eos or a.term then
            local bytes, from = raw(object, a, r, st, ix)
            inner = from and { s = st.s, b = from, n = #bytes, tv = st.tv } or { s = bytes, b = 0, n = #bytes }
            inner.pos, inner.nbits, inner.bits = 0, 0, 0
        end
        local parent = not a.orphan and (a.parent and a.parent(object, ix) or object) or nil
        value = { t = r.t, io = inner, v = {}, at = {}, from = {}, to = {}, busy = {}, parent = parent,
            root = object.root }
        if r.t.top ~= object.t.top then
            -- Of another file: it does not know who has it.
            value.parent = nil
            value.root = r.t.name == r.t.top and value or nil
        end
        for i, argument in ipairs(r.args or {}) do
            value.v[i] = argument(object, ix)
        end
        object.v[index] = a.rep and object.v[index] or value
        local where = { st.tv and st.tv + st.b + begin, 0, r }
        value.where = where
        read_object(value)
        where[2] = st.pos - begin
    end
    if a.contents and value ~= a.contents then
        fault(a.id .. " is not what it must be.")
    end
    if not a.rep then
        object.v[index] = value -- what it must be may follow from it
    end
    local wrong = a.valid and a.valid(object, ix, value)
    return value, { st.tv and st.tv + st.b + begin, st.pos - begin, r }, wrong
end

local function read_attribute(object, index, st)
    local a = object.t.a[index]
    if a.cond and not a.cond(object) then
        return
    end
    local shares_byte = st.nbits > 0 and a.r and a.r.k == "bits" and st.little == a.r.le
    object.from[index] = st.pos - (shares_byte and 1 or 0)
    if not a.rep then
        local value, where, wrong = read_one(object, index, st)
        object.v[index], object.at[index], object.to[index] = value, where, st.pos
        if wrong then
            fault(a.id .. ": " .. wrong)
        end
        return
    end
    local list, places = { n = 0 }, {}
    object.v[index], object.at[index] = list, places
    local count = a.rep == "count" and a.count(object) or nil
    while true do
        if a.rep == "eos" then
            if st.open then
                fault("It repeats to the end of the stream.")
            end
            if the_end(st) then
                break
            end
        elseif count and list.n >= count then
            break
        end
        local value, where, wrong = read_one(object, index, st, list.n)
        list.n = list.n + 1
        list[list.n], places[list.n] = value, where
        if wrong then
            fault(a.id .. ": " .. wrong)
        end
        if a.rep == "until" and a.until_is(object, list.n - 1, value) then
            break
        end
    end
    object.to[index] = st.pos
end

local depth = 0

function read_object(object)
    depth = depth + 1
    if depth > 60 then
        fault("Types lie too deep in each other.")
    end
    for index = object.t.first, object.t.last do
        read_attribute(object, index, object.io)
    end
    depth = depth - 1
end

function read_instance(object, index)
    local a = object.t.a[index]
    step()
    object.busy[index] = true
    if a.inst == "value" then
        if not a.cond or a.cond(object) then
            object.v[index] = a.value(object)
        end
        return
    end
    local st = a.io and a.io(object) or object.io
    local pos, nbits, bits = st.pos, st.nbits, st.bits
    if a.pos then
        local to = a.pos(object)
        if to < 0 or to > st.n then
            fault(a.id .. " begins outside of its stream.")
        end
        st.pos = to
        align(st)
    end
    read_attribute(object, index, st)
    st.pos, st.nbits, st.bits = pos, nbits, bits
end
