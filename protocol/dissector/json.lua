
-- JSON -----------------------------------------------------------------------------------------------------------

local MAX_MEMBERS = 1000 -- of an object, that are shown

local function skip_space(text, at)
    return text:find("[^ \t\r\n]", at) or #text + 1
end

-- `at` is the opening quote. One past the closing one; nil and the place of the fault.
local function string_end(text, at)
    at = at + 1
    while true do
        local place = text:find('["\\\0-\31]', at)
        if not place then
            return nil, #text + 1
        end
        local char = text:sub(place, place)
        if char == '"' then
            return place + 1
        elseif char ~= "\\" then
            return nil, place
        elseif text:find('^[bfnrt"\\/]', place + 1) then
            at = place + 2
        elseif text:find("^u%x%x%x%x", place + 1) then
            at = place + 6
        else
            return nil, place
        end
    end
end

-- One past a number, and whether it is whole; nil where there is none.
local function number_end(text, at)
    local stop = text:match("^-?0()", at) or text:match("^-?[1-9]%d*()", at)
    if not stop then
        return nil
    end
    local fraction = text:match("^%.%d+()", stop)
    local exponent = text:match("^[eE][+-]?%d+()", fraction or stop)
    return exponent or fraction or stop, not fraction and not exponent
end

-- The value that begins at `at`: what it is and one past its end; nil, the place of the fault, what was expected there,
-- and "too-deep" where that is what is wrong. `members` collects those of the outermost object.
local function json_value(text, at, depth, members)
    local first = text:sub(at, at)
    if first == '"' then
        local stop, fault = string_end(text, at)
        if not stop then
            return nil, fault, "a valid string"
        end
        return "string", stop
    elseif first == "{" or first == "[" then
        local is_object = first == "{"
        local close = is_object and "}" or "]"
        if depth >= MAX_DEPTH then
            return nil, at, "at most " .. MAX_DEPTH .. " levels", "too-deep"
        end
        at = skip_space(text, at + 1)
        if text:sub(at, at) == close then
            return is_object and "object" or "array", at + 1
        end
        while true do
            local key_at, key_stop = at, at
            if is_object then
                if text:sub(at, at) ~= '"' then
                    return nil, at, "a key"
                end
                local stop, fault = string_end(text, at)
                if not stop then
                    return nil, fault, "a valid string"
                end
                key_stop = stop
                at = skip_space(text, stop)
                if text:sub(at, at) ~= ":" then
                    return nil, at, '":"'
                end
                at = skip_space(text, at + 1)
            end
            local kind, stop, expected, code = json_value(text, at, depth + 1)
            if not kind then
                return nil, stop, expected, code
            end
            if members and is_object and #members < MAX_MEMBERS then
                members[#members + 1] = { key = text:sub(key_at, key_stop - 1), from = key_at, kind = kind,
                    text = text:sub(at, stop - 1), at = at, stop = stop }
            end
            at = skip_space(text, stop)
            local char = text:sub(at, at)
            if char == close then
                return is_object and "object" or "array", at + 1
            elseif char ~= "," then
                return nil, at, '"," or "' .. close .. '"'
            end
            at = skip_space(text, at + 1)
        end
    end
    local word = text:match("^%a+", at)
    if word == "true" or word == "false" or word == "null" then
        return word, at + #word
    end
    local stop, whole = number_end(text, at)
    if stop then
        return whole and "integer" or "number", stop
    end
    return nil, at, "a value"
end

-- A whole text. As json_value().
local function json_text(text, members)
    local kind, stop, expected, code = json_value(text, skip_space(text, 1), 0, members)
    if not kind then
        return nil, stop, expected, code
    end
    local rest = skip_space(text, stop)
    if rest <= #text then
        return nil, rest, "nothing more"
    end
    return kind
end

local ESCAPES = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

-- What a valid JSON string says.
local function unquoted(text)
    text = text:sub(2, -2)
    if not text:find("\\", 1, true) then
        return text
    end
    local parts, at = {}, 1
    while true do
        local place = text:find("\\", at, true)
        if not place then
            parts[#parts + 1] = text:sub(at)
            return table.concat(parts)
        end
        parts[#parts + 1] = text:sub(at, place - 1)
        local char = text:sub(place + 1, place + 1)
        at = place + 2
        if char == "u" then
            local code = tonumber(text:sub(at, at + 3), 16)
            at = at + 4
            if code >= 0xD800 and code < 0xDC00 then
                local low = tonumber(text:match("^\\u([dD][c-fC-F]%x%x)", at) or "", 16)
                if low then
                    code = 0x10000 + (code - 0xD800) * 0x400 + low - 0xDC00
                    at = at + 6
                end
            end
            parts[#parts + 1] = utf8_char(code >= 0xD800 and code < 0xE000 and 0xFFFD or code)
        else
            parts[#parts + 1] = ESCAPES[char] or char
        end
    end
end

-- What a member's value says: a string without its quotes, anything else as it stands.
local function said(member)
    return member.kind == "string" and unquoted(member.text) or member.text
end
