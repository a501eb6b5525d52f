
-- Checksums of bytes: numbers, or the bytes of a digest.

local MOST_SUMMED = 1048576 -- bytes; of longer ranges nothing is said

local SUMS = {}

local function reflected(value, width)
    local out = 0
    for _ = 1, width do
        out = out * 2 + value % 2
        value = math.floor(value / 2)
    end
    return out
end

local function crc_bytes(reflects)
    local bytes = {}
    for i = 0, 255 do
        bytes[i] = reflects and reflected(i, 8) or i
    end
    return bytes
end

-- The register stands at the top of 32 bits.
local function crc_table(polynomial, reflects)
    local tab = {}
    for i = 0, 255 do
        local reg = i * 16777216
        for _ = 1, 8 do
            local top = reg >= 2147483648
            reg = reg * 2 % WORD
            if top then
                reg = bits.bxor(reg, polynomial) % WORD
            end
        end
        tab[i] = reg
    end
    return tab, crc_bytes(reflects)
end

function SUMS.crc(width, polynomial, initial, reflects_in, reflects_out, final)
    local shift = 2 ^ (32 - width)
    local tab, bytes
    return function(s)
        if not tab then
            tab, bytes = crc_table(polynomial * shift, reflects_in)
        end
        local reg = initial * shift
        for i = 1, #s do
            local top = math.floor(reg / 16777216)
            reg = bits.bxor(reg % 16777216 * 256, tab[bits.bxor(top, bytes[s:byte(i)])]) % WORD
        end
        reg = math.floor(reg / shift)
        return bits.bxor(reflects_out and reflected(reg, width) or reg, final) % WORD
    end
end

local function word_bytes(word, is_little)
    local out = {}
    for i = 1, 4 do
        out[is_little and i or 5 - i] = string.char(word % 256)
        word = math.floor(word / 256)
    end
    return table.concat(out)
end

-- Those of 64 bits, which no number holds: each is a pair of words, and the result its bytes, as of a digest.
local function crc_64_table(polynomial)
    local highs, lows = {}, {}
    for i = 0, 255 do
        local high, low = i * 16777216, 0
        for _ = 1, 8 do
            local top = high >= 2147483648
            high = (high * 2 + math.floor(low / 2147483648)) % WORD
            low = low * 2 % WORD
            if top then
                high = bits.bxor(high, polynomial[1]) % WORD
                low = bits.bxor(low, polynomial[2]) % WORD
            end
        end
        highs[i], lows[i] = high, low
    end
    return highs, lows
end

function SUMS.crc_64(polynomial, initial, reflects_in, reflects_out, final)
    local highs, lows, bytes
    return function(s)
        if not highs then
            highs, lows = crc_64_table(polynomial)
            bytes = crc_bytes(reflects_in)
        end
        local high, low = initial[1], initial[2]
        for i = 1, #s do
            local at = bits.bxor(math.floor(high / 16777216), bytes[s:byte(i)])
            high = bits.bxor(high % 16777216 * 256 + math.floor(low / 16777216), highs[at]) % WORD
            low = bits.bxor(low % 16777216 * 256, lows[at]) % WORD
        end
        if reflects_out then
            high, low = reflected(low, 32), reflected(high, 32)
        end
        return word_bytes(bits.bxor(high, final[1]) % WORD) .. word_bytes(bits.bxor(low, final[2]) % WORD)
    end
end

SUMS["sum-8"] = function(s)
    local sum = 0
    for i = 1, #s do
        sum = sum + s:byte(i)
    end
    return sum % 256
end

SUMS["xor-8"] = function(s)
    local all = 0
    for i = 1, #s do
        all = bits.bxor(all, s:byte(i))
    end
    return all
end

SUMS["internet"] = function(s)
    local sum = 0
    for i = 1, #s do
        sum = sum + s:byte(i) * (i % 2 == 1 and 256 or 1)
    end
    while sum > 65535 do
        sum = sum % 65536 + math.floor(sum / 65536)
    end
    return 65535 - sum
end

SUMS["adler-32"] = function(s)
    local a, b = 1, 0
    for i = 1, #s do
        a = (a + s:byte(i)) % 65521
        b = (b + a) % 65521
    end
    return b * 65536 + a
end

local function all_bytes(words, is_little)
    local out = {}
    for i, word in ipairs(words) do
        out[i] = word_bytes(word, is_little)
    end
    return table.concat(out)
end

local function turned(word, by)
    word = word % WORD
    return word * 2 ^ by % WORD + math.floor(word / 2 ^ (32 - by))
end

-- Blocks of 64 bytes, each as sixteen words, filled up with the length as these digests do.
local function each_block(s, is_little, visit)
    local length = #s * 8
    local low, high = word_bytes(length % WORD, is_little), word_bytes(math.floor(length / WORD), is_little)
    s = s .. "\128" .. ("\0"):rep((55 - #s) % 64) .. (is_little and low .. high or high .. low)
    for block = 1, #s, 64 do
        local words = {}
        for i = 0, 15 do
            words[i] = integer(s:sub(block + 4 * i, block + 4 * i + 3), is_little)
        end
        visit(words)
    end
end

local MD5_TURNS = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } }

SUMS["md5"] = function(s)
    local all = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 }
    each_block(s, true, function(words)
        local a, b, c, d = all[1], all[2], all[3], all[4]
        for i = 0, 63 do
            local round = math.floor(i / 16)
            local mixed, place
            if round == 0 then
                mixed, place = bits.bxor(d, bits.band(b, bits.bxor(c, d))), i
            elseif round == 1 then
                mixed, place = bits.bxor(c, bits.band(d, bits.bxor(b, c))), (5 * i + 1) % 16
            elseif round == 2 then
                mixed, place = bits.bxor(bits.bxor(b, c), d), (3 * i + 5) % 16
            else
                mixed, place = bits.bxor(c, bits.bor(b, WORD - 1 - d)), 7 * i % 16
            end
            local added = a + mixed % WORD + math.floor(math.abs(math.sin(i + 1)) * WORD) + words[place]
            a, d, c, b = d, c, b, (b + turned(added, MD5_TURNS[round + 1][i % 4 + 1])) % WORD
        end
        all = { (all[1] + a) % WORD, (all[2] + b) % WORD, (all[3] + c) % WORD, (all[4] + d) % WORD }
    end)
    return all_bytes(all, true)
end

SUMS["sha-1"] = function(s)
    local all = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 }
    each_block(s, false, function(w)
        for i = 16, 79 do
            w[i] = turned(bits.bxor(bits.bxor(w[i - 3], w[i - 8]), bits.bxor(w[i - 14], w[i - 16])), 1)
        end
        local a, b, c, d, e = all[1], all[2], all[3], all[4], all[5]
        for i = 0, 79 do
            local mixed, constant
            if i < 20 then
                mixed, constant = bits.bxor(d, bits.band(b, bits.bxor(c, d))), 0x5a827999
            elseif i < 40 then
                mixed, constant = bits.bxor(bits.bxor(b, c), d), 0x6ed9eba1
            elseif i < 60 then
                mixed, constant = bits.bor(bits.band(b, c), bits.band(d, bits.bor(b, c))), 0x8f1bbcdc
            else
                mixed, constant = bits.bxor(bits.bxor(b, c), d), 0xca62c1d6
            end
            local sum = (turned(a, 5) + mixed % WORD + e + constant + w[i]) % WORD
            a, b, c, d, e = sum, a, turned(b, 30), c, d
        end
        all = { (all[1] + a) % WORD, (all[2] + b) % WORD, (all[3] + c) % WORD, (all[4] + d) % WORD,
            (all[5] + e) % WORD }
    end)
    return all_bytes(all)
end

-- The first 32 bits behind the point of the roots of the first primes.
local function roots_of_primes(count, power)
    local out, number = {}, 2
    while #out < count do
        local is_prime = true
        for by = 2, math.floor(math.sqrt(number)) do
            is_prime = is_prime and number % by ~= 0
        end
        if is_prime then
            out[#out + 1] = math.floor(number ^ power % 1 * WORD)
        end
        number = number + 1
    end
    return out
end

SUMS["sha-256"] = function(s)
    local all, constants = roots_of_primes(8, 1 / 2), roots_of_primes(64, 1 / 3)
    each_block(s, false, function(w)
        for i = 16, 63 do
            local x, y = w[i - 15], w[i - 2]
            local first = bits.bxor(bits.bxor(turned(x, 25), turned(x, 14)), math.floor(x / 8)) % WORD
            local second = bits.bxor(bits.bxor(turned(y, 15), turned(y, 13)), math.floor(y / 1024)) % WORD
            w[i] = (w[i - 16] + first + w[i - 7] + second) % WORD
        end
        local a, b, c, d, e, f, g, h = all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8]
        for i = 0, 63 do
            local first = bits.bxor(bits.bxor(turned(e, 26), turned(e, 21)), turned(e, 7)) % WORD
            local chosen = bits.bxor(g, bits.band(e, bits.bxor(f, g))) % WORD
            local one = h + first + chosen + constants[i + 1] + w[i]
            local second = bits.bxor(bits.bxor(turned(a, 30), turned(a, 19)), turned(a, 10)) % WORD
            local most = bits.bor(bits.band(a, b), bits.band(c, bits.bor(a, b))) % WORD
            a, b, c, d, e, f, g, h = (one + second + most) % WORD, a, b, c, (d + one) % WORD, e, f, g
        end
        local now = { a, b, c, d, e, f, g, h }
        for i = 1, 8 do
            all[i] = (all[i] + now[i]) % WORD
        end
    end)
    return all_bytes(all)
end

local function in_hex(bytes)
    return (bytes:gsub(".", function(c)
        return string.format("%02x", c:byte())
    end))
end

local function shown_bytes(bytes)
    local few = in_hex(bytes:sub(1, 16)):gsub("..", "%0 "):sub(1, -2)
    return few == "" and "no bytes" or few .. (#bytes > 16 and " …" or "")
end

-- A number of 64 bits, of which these are the bytes.
local function whole_64(bytes, is_negative)
    return tostring((is_negative and Int64 or UInt64).new(integer(bytes:sub(5)), integer(bytes:sub(1, 4))))
end

-- The bytes of a number, most significant first, as many as eight of them.
local function bytes_of_number(object, index, is_negative)
    local io, r = object.io, object.at[index][3]
    local bytes = io.s:sub(io.b + object.from[index] + 1, io.b + object.to[index])
    bytes = r.le and bytes:reverse() or bytes
    return (is_negative and "\255" or "\0"):rep(8 - #bytes) .. bytes
end

-- What is wrong with the checksum that the field has; nil if it is right or cannot be told.
local function wrong_sum(object, a)
    local first, last, found = object.from[a.sum.from], object.to[a.sum.to], object.v[a.sum.at]
    if not first or not last or last < first or last - first > MOST_SUMMED or found == nil then
        return nil
    end
    local io = object.io
    local expected = a.sum.of(io.s:sub(io.b + first + 1, io.b + last))
    local is_right, wanted
    if type(found) == "number" and type(expected) == "string" then
        local bytes = bytes_of_number(object, a.sum.at, found < 0)
        is_right = bytes == expected
        wanted, found = whole_64(expected), whole_64(bytes, found < 0)
    elseif type(found) == "number" then
        is_right = found == expected or found < 0 and found % 256 ^ a.sum.size == expected
        wanted = whole(expected)
        found = whole(found)
    else
        local bytes = type(expected) == "string" and expected or word_bytes(expected):sub(-a.sum.size)
        if a.r and a.r.k == "str" then
            wanted = in_hex(bytes):upper()
            is_right = found:upper() == wanted
        else
            is_right = found == bytes
            wanted, found = shown_bytes(bytes), shown_bytes(found)
        end
    end
    return not is_right and a.id .. ": The " .. a.sum.name .. " of these bytes is " .. wanted .. ", but " .. found
        .. " stands here." or nil
end
