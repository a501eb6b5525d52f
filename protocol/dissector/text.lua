
-- Text in its encodings ------------------------------------------------------------------------------------------

local function utf8_char(code)
    if code < 0x80 then
        return string.char(code)
    elseif code < 0x800 then
        return string.char(0xC0 + math.floor(code / 0x40), 0x80 + code % 0x40)
    elseif code < 0x10000 then
        return string.char(0xE0 + math.floor(code / 0x1000), 0x80 + math.floor(code / 0x40) % 0x40, 0x80 + code % 0x40)
    end
    return string.char(0xF0 + math.floor(code / 0x40000), 0x80 + math.floor(code / 0x1000) % 0x40,
        0x80 + math.floor(code / 0x40) % 0x40, 0x80 + code % 0x40)
end

-- The place of the first byte that is not valid UTF-8, or nil.
local function utf8_fault(text)
    local at = 1
    while true do
        at = text:find("[\128-\255]", at)
        if not at then
            return nil
        end
        local first, second = text:byte(at, at + 1)
        local more = first >= 0xC2 and first < 0xE0 and 1 or first >= 0xE0 and first < 0xF0 and 2
            or first >= 0xF0 and first < 0xF5 and 3 or 0
        if more == 0 or not second or second < (first == 0xE0 and 0xA0 or first == 0xF0 and 0x90 or 0x80)
            or second > (first == 0xED and 0x9F or first == 0xF4 and 0x8F or 0xBF) then
            return at
        end
        for i = at + 2, at + more do
            local next_byte = text:byte(i)
            if not next_byte or next_byte < 0x80 or next_byte > 0xBF then
                return at
            end
        end
        at = at + more + 1
    end
end

-- Units of `size` bytes as UTF-8; nil and the place of the fault where they make no text.
local function decode_wide(bytes, at, size, little)
    local parts = {}
    local function unit(i)
        local value = 0
        for k = 0, size - 1 do
            value = value * 256 + bytes:byte(little and i + size - 1 - k or i + k)
        end
        return value
    end
    while at <= #bytes do
        if at + size - 1 > #bytes then
            return nil, at
        end
        local code, length = unit(at), size
        if size == 2 and code >= 0xD800 and code < 0xDC00 and at + 3 <= #bytes then
            local low = unit(at + 2)
            if low >= 0xDC00 and low < 0xE000 then
                code, length = 0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00, 4
            end
        end
        if code > 0x10FFFF or (code >= 0xD800 and code < 0xE000) then
            return nil, at
        end
        parts[#parts + 1] = utf8_char(code)
        at = at + length
    end
    return table.concat(parts)
end

local MARKS = {
    ["utf-8"] = "\239\187\191",
    ["utf-16-le"] = "\255\254",
    ["utf-16-be"] = "\254\255",
    ["utf-32-le"] = "\255\254\0\0",
    ["utf-32-be"] = "\0\0\254\255",
}

-- The bytes as UTF-8 without byte order mark, and the mark's size; nil and the place of the fault where they are not
-- valid in that encoding.
local function to_utf8(bytes, encoding)
    if encoding == "utf-16" or encoding == "utf-32" then
        local big = MARKS[encoding .. "-be"]
        encoding = encoding .. (bytes:sub(1, #big) == big and "-be" or "-le")
    end
    local mark = MARKS[encoding] or ""
    local at = mark ~= "" and bytes:sub(1, #mark) == mark and #mark + 1 or 1
    if encoding == "utf-8" then
        local fault = utf8_fault(bytes)
        if fault then
            return nil, fault
        end
        return bytes:sub(at), at - 1
    elseif encoding:find("^utf%-16") or encoding:find("^utf%-32") then
        local text, fault = decode_wide(bytes, at, encoding:find("16") and 2 or 4, encoding:find("le$") ~= nil)
        return text, text and at - 1 or fault
    end
    local upper = UPPER_HALVES[encoding] or {}
    local fault
    local text = bytes:gsub("()([\128-\255])", function(place, byte)
        local char = upper[byte:byte()]
        fault = fault or (not char and place) or nil
        return char or ""
    end)
    if fault then
        return nil, fault
    end
    return text, 0
end

-- One line for people: control characters as their pictures, long ones cut.
local function shown(text, most)
    if most and #text > most then
        local cut = most
        while cut > 0 and text:byte(cut + 1) >= 0x80 and text:byte(cut + 1) < 0xC0 do
            cut = cut - 1
        end
        text = text:sub(1, cut) .. "…"
    end
    return (text:gsub("[\0-\31]", function(c)
        return utf8_char(0x2400 + c:byte())
    end))
end
