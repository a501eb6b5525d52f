// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/json_fields.h"

#include "protocol/json/json_scanner.h"
#include "protocol/json/json_string.h"

#include <optional>

namespace sockeye::filter {

namespace {

using json::Scanner;
using JsonToken = json::Token;

Value numberFrom(QByteArrayView text)
{
    bool isWhole = false;
    const qint64 integer = text.toLongLong(&isWhole);
    if (isWhole) {
        return Value::number(integer);
    }
    const quint64 large = text.toULongLong(&isWhole);
    return isWhole ? Value::unsignedNumber(large) : Value::realNumber(text.toDouble());
}

/// A value in a text: its first token, and all of it.
struct Piece {
    JsonToken token = JsonToken::Failed;
    QByteArrayView text;
    bool hasEscapes = false;
    bool hasKeyEscapes = false;
    bool isCut = false; ///< the text ends before it does
    QByteArrayView key; ///< quotes included; of a member

    [[nodiscard]] bool isKey(QByteArrayView name) const
    {
        return hasKeyEscapes ? json::decodeString(key) == name : key.sliced(1, key.size() - 2) == name;
    }
};

/// The value whose first token the scanner has just read; empty where there is none.
std::optional<Piece> pieceAt(Scanner& scanner, QByteArrayView text, JsonToken token)
{
    Piece piece;
    piece.token = token;
    const qsizetype begin = scanner.begin();
    switch (token) {
    case JsonToken::ObjectBegin:
    case JsonToken::ArrayBegin:
        piece.isCut = !scanner.leaveUnchecked(scanner.depth() - 1);
        break;
    case JsonToken::String:
        piece.hasEscapes = scanner.hasEscapes();
        break;
    case JsonToken::Number:
    case JsonToken::Literal:
        break;
    default:
        return std::nullopt;
    }
    piece.text = text.sliced(begin, scanner.end() - begin);
    return piece;
}

/// Goes over the members of an object, or the elements of an array.
class Members {
public:
    explicit Members(const Piece& container)
        : m_text(container.text)
        , m_scanner(container.text)
    {
        static_cast<void>(m_scanner.next());
    }
    std::optional<Piece> next()
    {
        if (m_isOver) {
            return std::nullopt;
        }
        JsonToken token = m_scanner.next();
        QByteArrayView key;
        bool hasKeyEscapes = false;
        if (token == JsonToken::Key) {
            key = m_scanner.text();
            hasKeyEscapes = m_scanner.hasEscapes();
            token = m_scanner.next();
        }
        auto piece = pieceAt(m_scanner, m_text, token);
        m_isOver = !piece || piece->isCut;
        if (piece) {
            piece->key = key;
            piece->hasKeyEscapes = hasKeyEscapes;
        }
        return piece;
    }

private:
    QByteArrayView m_text;
    Scanner m_scanner;
    bool m_isOver = false;
};

qint64 countOf(const Piece& container)
{
    qint64 count = 0;
    for (Members members(container); members.next();) {
        ++count;
    }
    return count;
}

class Search {
public:
    Search(const Path& path, Storage& storage, ValueSink& sink)
        : m_path(path)
        , m_storage(storage)
        , m_sink(sink)
    {
    }

    /// Whether something is there; recursion ends where the text has no more containers in each other.
    bool walk(const Piece& piece, std::size_t step)
    {
        if (step == m_path.size()) {
            tell(valueOf(piece), true);
            return true;
        }
        switch (m_path[step].kind) {
        case Step::Kind::Name:
            return member(piece, step);
        case Step::Kind::Index:
            return element(piece, step);
        case Step::Kind::Each:
            break;
        }
        return each(piece, step);
    }

private:
    void tell(const Value& value, bool isWhole) { m_goesOn = m_sink.value(value, isWhole); }

    bool member(const Piece& piece, std::size_t step)
    {
        if (piece.token != JsonToken::ObjectBegin) {
            return false;
        }
        std::optional<Piece> found;
        Members members(piece);
        while (auto next = members.next()) {
            if (next->isKey(m_path[step].name)) {
                found = next;
            }
        }
        return found && walk(*found, step + 1);
    }

    bool element(const Piece& piece, std::size_t step)
    {
        if (piece.token == JsonToken::String && step + 1 == m_path.size()) {
            tell(valueOf(piece), false);
            return true;
        }
        if (piece.token != JsonToken::ArrayBegin) {
            return false;
        }
        qint64 index = m_path[step].index;
        index += index < 0 ? countOf(piece) : 0;
        if (index < 0) {
            return false;
        }
        Members members(piece);
        while (auto next = members.next()) {
            if (index-- == 0) {
                return walk(*next, step + 1);
            }
        }
        return false;
    }

    bool each(const Piece& piece, std::size_t step)
    {
        if (piece.token != JsonToken::ArrayBegin) {
            return false;
        }
        Members members(piece);
        while (m_goesOn) {
            const auto next = members.next();
            if (!next) {
                break;
            }
            if (!walk(*next, step + 1)) {
                tell({}, true);
            }
        }
        return true;
    }

    Value valueOf(const Piece& piece)
    {
        switch (piece.token) {
        case JsonToken::ObjectBegin:
            return Value::object(countOf(piece), piece.text);
        case JsonToken::ArrayBegin:
            return Value::list(countOf(piece), piece.text);
        case JsonToken::String:
            return Value::text(piece.hasEscapes ? m_storage.keep(json::decodeString(piece.text))
                                                : piece.text.sliced(1, piece.text.size() - 2));
        case JsonToken::Number:
            return numberFrom(piece.text);
        default:
            return piece.text == "null" ? Value::null() : Value::boolean(piece.text == "true");
        }
    }

    const Path& m_path;
    Storage& m_storage;
    ValueSink& m_sink;
    bool m_goesOn = true;
};

} // namespace

JsonFields::JsonFields(QByteArrayView json)
    : m_json(json)
{
}

bool JsonFields::find(const Path& path, Storage& storage, ValueSink& sink) const
{
    Scanner scanner(m_json);
    const JsonToken token = scanner.next();
    Search search(path, storage, sink);
    if (token == JsonToken::ObjectBegin || token == JsonToken::ArrayBegin) {
        // Nothing is behind the outermost one: where it ends need not be found first.
        Piece root;
        root.token = token;
        root.text = m_json.sliced(scanner.begin());
        return search.walk(root, 0);
    }
    const auto root = pieceAt(scanner, m_json, token);
    return root && search.walk(*root, 0);
}

} // namespace sockeye::filter
