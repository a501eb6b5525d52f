// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzz_target.h"
#include "protocol/json/json_reader.h"
#include "protocol/json/json_string.h"
#include "protocol/json/json_writer.h"
#include "protocol/protocols/app/message.h"
#include "protocol/services/catalog.h"
#include "protocol/text/decoder.h"
#include "protocol/text/utf8.h"

#include <array>

// Content of any encoding, checked, decoded, laid out, shown; and the two readers of JSON against each other. The first
// byte chooses the encoding.

using namespace sockeye;

namespace {

constexpr std::array<const char*, 10> encodings { "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le",
    "utf-32-be", "latin-1", "ascii", "cp1252" };

/// What the scanner thinks, which decides for texts of any size.
json::Problem scan(QByteArrayView text, int maxDepth)
{
    json::Scanner scanner(text, maxDepth);
    qsizetype end = 0;
    while (true) {
        const json::Token token = scanner.next();
        if (token == json::Token::Failed) {
            return scanner.problem();
        }
        require(scanner.begin() >= end, "tokens that overlap");
        end = scanner.end();
        if (token == json::Token::End) {
            return {};
        }
    }
}

void compareReaders(QByteArrayView utf8)
{
    constexpr int maxDepth = 8;
    const bool valid = validUtf8Prefix(utf8) == utf8.size();
    const json::Problem problem = valid ? scan(utf8, maxDepth) : json::Problem {};
    const auto read = json::read(utf8, maxDepth);
    require(read.has_value() == (valid && problem.kind == json::Problem::Kind::None), "the readers disagree");
    // Short texts are the scanner's alone; with some space after it, the same text is simdjson's as well.
    const QByteArray longer = utf8.toByteArray() + QByteArray(300, ' ');
    require(read.has_value() == json::read(longer, maxDepth).has_value(), "the readers disagree on a longer text");
    if (valid && !read) {
        require(read.error().offset == problem.offset, "the readers disagree on the place");
    }
}

void roundTrip(QByteArrayView utf8)
{
    QByteArray written;
    json::appendString(written, utf8);
    require(json::decodeString(written) == utf8, "a string does not come back");
    require(json::read(written, 1).has_value(), "a written string is not JSON");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    if (input.isEmpty()) {
        return 0;
    }
    const QByteArrayView content = input.sliced(1);
    const auto choice = static_cast<uchar>(input[0]) % encodings.size();
    const Header header { ByteOrder::Little, "text/json", encodings[choice], content.size() };
    const auto json = contentAsJson(header, content, 0);
    if (json) {
        require(validUtf8Prefix(*json) == json->size(), "decoded text that is not UTF-8");
        require(json->isEmpty() || !json::pretty(*json).isEmpty(), "nothing laid out");
        const Encoding encoding = *encodingFromName(header.contentEncoding);
        bool lossy = false;
        const QByteArray again = encodeText(encoding, *json, &lossy);
        require(!lossy && decodeText(encoding, again).utf8 == *json, "an encoding does not come back");
    } else {
        require(json.error().offset >= 0 && json.error().offset <= content.size(), "an error out of place");
    }
    require(resultText(header, content, 50).size() <= 50, "a long result");
    require(summary(header, content, 50).size() <= 50, "a long summary");
    (void)json::pretty(content, 200);
    const QByteArrayView text = content.first(validUtf8Prefix(content));
    compareReaders(content);
    compareReaders(text);
    roundTrip(text);
    const auto catalog = Catalog::fromJson(text);
    if (catalog) {
        const auto again = Catalog::fromJson(catalog->toJson());
        require(again && again->entries() == catalog->entries(), "a catalogue does not come back");
    }
    return 0;
}
