
-- Messages -------------------------------------------------------------------------------------------------------

local MAX_TEXT = 60000 -- bytes of a text that go into a field

-- `found` as part of a sentence.
local function found_at(text, at)
    if at > #text then
        return "the end"
    end
    return 'byte 0x' .. string.format("%02x", text:byte(at))
end

local function sentence(code, subject, expected, found)
    local parts = { subject or "", expected or "", found or "" }
    return (SENTENCES[code]:gsub("%%([123])", function(digit)
        return parts[tonumber(digit)]
    end))
end

local function fault(code, at, subject, expected, found)
    return { code = code, at = at, text = sentence(code, subject, expected, found) }
end

local KINDS = { array = "an array", string = "a string", integer = "a number", number = "a number" }

-- The JSON header that `text` is; it begins at byte `begin` of the message. A table, or nil and what is wrong.
local function read_header(text, begin)
    local bad = utf8_fault(text)
    if bad then
        return nil, fault("header-not-utf8", begin + bad - 1, nil, nil, found_at(text, bad))
    end
    local header = { members = {}, values = {} }
    local kind, stop, expected, code = json_text(text, header.members)
    if not kind then
        return nil, fault(code or "header-not-json", begin + stop - 1, "JSON header", expected, found_at(text, stop))
    elseif kind ~= "object" then
        return nil, fault("header-not-object", begin, "JSON header", "an object", KINDS[kind] or kind)
    end
    for _, member in ipairs(header.members) do
        header.values[unquoted(member.key)] = member
    end
    for _, required in ipairs(REQUIRED) do
        if not header.values[required.name] then
            return nil, fault("missing-header", begin, required.name)
        end
    end
    for _, required in ipairs(REQUIRED) do
        local value = header.values[required.name]
        local is_number = value.kind == "integer" or value.kind == "number"
        if is_number ~= required.number or (not is_number and value.kind ~= "string") then
            return nil, fault("wrong-header-type", begin + value.at - 1, required.name,
                required.number and "a whole number" or "a string", shown(value.text, 100))
        end
    end
    local length = header.values[LENGTH_KEY]
    header.length = tonumber(length.text)
    if length.kind == "number" or header.length < 0 then
        return nil, fault("bad-content-length", begin + length.at - 1, LENGTH_KEY,
            "a whole number from 0 to " .. MAX_CONTENT, shown(length.text, 100))
    elseif header.length > MAX_CONTENT then
        return nil, fault("content-too-long", begin + length.at - 1, LENGTH_KEY, "at most " .. MAX_CONTENT .. " bytes",
            shown(length.text, 100) .. " bytes")
    end
    header.type = said(header.values[TYPE_KEY])
    if header.type == JSON_TYPE then
        local name = header.values[ENCODING_KEY]
        header.encoding = ENCODINGS[said(name):lower():gsub("[-_ .:]", "")]
        if not header.encoding then
            return nil, fault("unknown-encoding", begin + name.at - 1, ENCODING_KEY, nil, shown(name.text, 100))
        end
    end
    return header
end

-- The message that begins at `offset`: { size, header_size, header }, { missing = bytes } where it is not all there
-- (-1: nobody can know), or { fault }.
local function message_at(tvb, offset)
    local have = tvb:len() - offset
    if have < FIXED_SIZE then
        return { missing = -1 }
    end
    local header_size = tvb(offset, FIXED_SIZE):uint()
    if header_size == 0 then
        return { fault = fault("empty-header", 0) }
    elseif have < FIXED_SIZE + header_size then
        return { missing = FIXED_SIZE + header_size - have, header_size = header_size }
    end
    local header, wrong = read_header(tvb:raw(offset + FIXED_SIZE, header_size), FIXED_SIZE)
    if not header then
        return { fault = wrong, header_size = header_size }
    end
    local size = FIXED_SIZE + header_size + header.length
    if have < size then
        return { missing = size - have, header_size = header_size, header = header, size = size }
    end
    return { size = size, header_size = header_size, header = header }
end

local function add_fault(tree, range, wrong)
    tree:add(fields.error_code, range, wrong.code):set_generated()
    tree:add_proto_expert_info(expert_error, wrong.text)
end

local function add_member(tree, field, range, name, member)
    local text = shown(said(member), MAX_TEXT)
    tree:add(field, range, text):set_text(name .. ": " .. shown(member.text, 200))
end

local function add_header(tree, tvb, offset, message)
    tree:add(fields.fixed_header, tvb(offset, FIXED_SIZE))
    local text = tvb:raw(offset + FIXED_SIZE, message.header_size)
    local branch = tree:add(fields.header, tvb(offset + FIXED_SIZE, message.header_size), shown(text, MAX_TEXT))
    branch:set_text(LABELS.header)
    if not message.header then
        return
    end
    for _, member in ipairs(message.header.members) do
        local name = unquoted(member.key)
        local range = tvb(offset + FIXED_SIZE + member.from - 1, member.stop - member.from)
        if name == LENGTH_KEY then
            branch:add(fields.header_values[name], range, message.header.length)
                :set_text(name .. ": " .. message.header.length)
        else
            add_member(branch, fields.header_values[name] or fields.header_member, range, shown(name, 100), member)
        end
    end
end

-- Content of the JSON type; what it says, in a few words.
local function add_json(tree, tvb, offset, size, header)
    local bytes = tvb:raw(offset, size)
    local text, place = to_utf8(bytes, header.encoding)
    if not text then
        local at = place - 1
        add_fault(tree, tvb(offset + math.min(at, size - 1), 1), fault("content-not-in-encoding", at,
            header.encoding, nil, found_at(bytes, place)))
        return JSON_TYPE
    end
    local members = {}
    local kind, stop, expected, code = json_text(text, members)
    if not kind then
        -- Only where a byte is a character is the place in the text one in the content.
        local at = header.encoding == "utf-8" and math.min(place + stop - 1, size - 1) or 0
        add_fault(tree, tvb(offset + at, header.encoding == "utf-8" and 1 or size), fault(code or "content-not-json",
            at, "content", expected, found_at(text, stop)))
        return JSON_TYPE
    end
    tree:add(fields.json, tvb(offset, size), shown(text, MAX_TEXT)):set_text("JSON: " .. shown(text, 200))
    local words = {}
    for _, member in ipairs(members) do
        local name = unquoted(member.key)
        local range = header.encoding == "utf-8" and tvb(offset + place + member.from - 1, member.stop - member.from)
            or tvb(offset, size)
        add_member(tree, fields.members[name] or fields.member, range, shown(name, 100), member)
        if name == "action" then
            words[1] = shown(said(member), 100)
        elseif name == "value" or name == "result" then
            words[#words + 1] = (name == "result" and "result " or "") .. shown(member.text, 200)
        end
    end
    return #words > 0 and table.concat(words, " ") or shown(text, 200)
end

local function add_binary(tree, tvb, offset, size)
    local bytes = tvb:raw(offset, size)
    local word = bytes:sub(1, WORD_SIZE)
    if size == ARITHMETIC_SIZE and WORDS[word] then
        local number = tvb(offset + WORD_SIZE, size - WORD_SIZE)
        tree:add(fields.text, tvb(offset, WORD_SIZE), word)
        tree:add(fields.number, number)
        return word .. " " .. number:int()
    elseif bytes:sub(1, #FIRST_BYTES) == FIRST_BYTES then
        tree:add(fields.text, tvb(offset, #FIRST_BYTES), FIRST_BYTES)
        if size > #FIRST_BYTES then
            tree:add(fields.bytes, tvb(offset + #FIRST_BYTES, size - #FIRST_BYTES))
        end
    elseif utf8_fault(bytes) or bytes:find("[\0-\8\11\12\14-\31\127]") then
        tree:add(fields.bytes, tvb(offset, size))
        return "binary " .. size .. " bytes"
    else
        tree:add(fields.text, tvb(offset, size), shown(bytes, MAX_TEXT))
    end
    return "binary " .. size .. " bytes: " .. (utf8_fault(bytes) and "…" or shown(bytes, 100))
end

-- The message, of which all is there, and what it says in a few words.
local function add_message(tree, tvb, offset, message)
    local branch = tree:add(sockeye, tvb(offset, message.size))
    add_header(branch, tvb, offset, message)
    local begin, size = offset + FIXED_SIZE + message.header_size, message.header.length
    if size == 0 then
        branch:append_text(", " .. message.header.type .. ", empty")
        return message.header.type .. ", empty"
    end
    local content = branch:add(fields.content, tvb(begin, size))
    local words = message.header.encoding and add_json(content, tvb, begin, size, message.header)
        or add_binary(content, tvb, begin, size)
    content:set_text(LABELS.content .. ": " .. size .. (size == 1 and " byte" or " bytes"))
    branch:append_text(", " .. words)
    return words
end

-- Bytes that make no message: the beginning of one, or one that is wrong.
local function add_rest(tree, tvb, offset, message)
    local branch = tree:add(sockeye, tvb(offset))
    if message.header_size and offset + FIXED_SIZE + message.header_size <= tvb:len() then
        add_header(branch, tvb, offset, message)
    end
    if message.fault then
        local at = math.min(offset + message.fault.at, tvb:len() - 1)
        add_fault(branch, tvb(at, 1), message.fault)
        return message.fault.code
    end
    branch:add(fields.bytes, tvb(offset))
    branch:add_proto_expert_info(expert_unfinished)
    return "unfinished message"
end
