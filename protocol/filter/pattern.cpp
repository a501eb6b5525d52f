// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/filter/pattern.h"

#include <re2/re2.h>

namespace sockeye::filter {

namespace {

re2::StringPiece piece(QByteArrayView bytes)
{
    return { bytes.data(), static_cast<std::size_t>(bytes.size()) };
}

re2::RE2::Options optionsFor(re2::RE2::Options::Encoding encoding)
{
    constexpr qint64 memory = 1024 * 1024; // for the expression and for what it remembers while it runs
    re2::RE2::Options options;
    options.set_encoding(encoding);
    options.set_log_errors(false);
    options.set_max_mem(memory);
    return options;
}

} // namespace

struct Pattern::Engines {
    explicit Engines(QByteArrayView utf8)
        : text(piece(utf8), optionsFor(re2::RE2::Options::EncodingUTF8))
        , bytes(piece(utf8), optionsFor(re2::RE2::Options::EncodingLatin1))
    {
    }
    re2::RE2 text;
    re2::RE2 bytes;
};

Pattern::Pattern(std::unique_ptr<Engines> engines)
    : m_engines(std::move(engines))
{
}

Pattern::~Pattern() = default;

std::shared_ptr<const Pattern> Pattern::make(QByteArrayView utf8, Problem& problem)
{
    auto engines = std::make_unique<Engines>(utf8);
    for (const re2::RE2* const engine : { &engines->text, &engines->bytes }) {
        if (!engine->ok()) {
            problem.what = QString::fromStdString(engine->error());
            problem.part = QString::fromStdString(engine->error_arg());
            return nullptr;
        }
    }
    return std::shared_ptr<const Pattern>(new Pattern(std::move(engines)));
}

bool Pattern::isInText(QByteArrayView utf8) const
{
    return re2::RE2::PartialMatch(piece(utf8), m_engines->text);
}

bool Pattern::isInBytes(QByteArrayView bytes) const
{
    return re2::RE2::PartialMatch(piece(bytes), m_engines->bytes);
}

int Pattern::groupCount() const
{
    return m_engines->text.NumberOfCapturingGroups();
}

bool Pattern::groups(QByteArrayView text, bool isBytes, std::vector<QByteArrayView>& caught) const
{
    const re2::StringPiece all = piece(text);
    std::vector<re2::StringPiece> parts(static_cast<std::size_t>(groupCount()) + 1);
    const re2::RE2& engine = isBytes ? m_engines->bytes : m_engines->text;
    const bool isThere =
        engine.Match(all, 0, all.size(), re2::RE2::UNANCHORED, parts.data(), static_cast<int>(parts.size()));
    caught.clear();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        caught.emplace_back(parts[i].data(), isThere ? static_cast<qsizetype>(parts[i].size()) : 0);
    }
    return isThere;
}

Pattern::Match Pattern::findInBytes(QByteArrayView bytes, qsizetype from) const
{
    const re2::StringPiece all = piece(bytes);
    re2::StringPiece match;
    if (!m_engines->bytes.Match(all, static_cast<std::size_t>(from), all.size(), re2::RE2::UNANCHORED, &match, 1)) {
        return {};
    }
    return { match.data() - all.data(), static_cast<qsizetype>(match.size()) };
}

} // namespace sockeye::filter
