// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/services/uppercase_service.h"

#include "protocol/services/upper_text.h"

namespace sockeye {

namespace {

class UppercaseSession final : public Session {
public:
    explicit UppercaseSession(bool persistent)
        : m_persistent(persistent)
    {
    }

    [[nodiscard]] Result<Answer> answer(const Frame& frame, QByteArrayView bytes, QByteArray& out) override
    {
        Q_UNUSED(frame)
        const qsizetype before = out.size();
        if (!m_persistent) {
            reply(bytes, out);
            return out.size() > before ? After::Close : After::Keep;
        }
        const qsizetype stop = findExit(bytes);
        reply(stop < 0 ? bytes : bytes.first(stop), out);
        return stop < 0 ? After::Keep : After::Close;
    }

    void finish(QByteArray& out) override
    {
        out.append(m_held);
        m_held.clear();
    }

private:
    static constexpr qsizetype lineLimit = 64; // more of a line than this cannot be `exit`

    void reply(QByteArrayView bytes, QByteArray& out)
    {
        const QByteArray joined = m_held.isEmpty() ? QByteArray() : m_held + bytes;
        const QByteArrayView text = m_held.isEmpty() ? bytes : QByteArrayView(joined);
        m_held = text.sliced(appendUpper(text, out)).toByteArray();
    }

    /// Where in `bytes` the word `exit` ends the conversation; -1 if it does not. It counts as a line, also one that
    /// came in several reads, and as all that one read carried: many clients send it without a line feed.
    qsizetype findExit(QByteArrayView bytes)
    {
        if (isExit(bytes)) {
            return 0;
        }
        qsizetype begin = 0;
        while (begin < bytes.size()) {
            const qsizetype feed = bytes.indexOf('\n', begin);
            const QByteArrayView part = bytes.sliced(begin, (feed < 0 ? bytes.size() : feed) - begin);
            m_line.append(part.first(qMin(part.size(), lineLimit - m_line.size())));
            if (feed < 0) {
                return -1;
            }
            const bool exit = m_line.size() < lineLimit && isExit(m_line);
            m_line.clear();
            if (exit) {
                return begin;
            }
            begin = feed + 1;
        }
        return -1;
    }

    bool m_persistent = false;
    QByteArray m_held; ///< the beginning of a character, at most three bytes
    QByteArray m_line; ///< the beginning of the line that is being received
};

} // namespace

UppercaseService::UppercaseService(const ServiceOptions& options)
    : m_persistent(options.persistent)
{
}

std::unique_ptr<Session> UppercaseService::newSession() const
{
    return std::make_unique<UppercaseSession>(m_persistent);
}

} // namespace sockeye
