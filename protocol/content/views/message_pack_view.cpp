// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/one_value.h"
#include "protocol/content/views/view_functions.h"
#include "protocol/text/describe_bytes.h"
#include "protocol/text/utc_text.h"

#include <QCoreApplication>
#include <QtEndian>

#include <bit>

namespace sockeye {

namespace {

/// Reads one value of MessagePack, each byte once. Sizes that are announced are checked before anything is made of
/// them.
class MessagePackReading {
public:
    MessagePackReading(QByteArrayView bytes, ValuesWriter& out)
        : m_bytes(bytes)
        , m_out(out)
    {
    }

    /// What is wrong, or empty.
    QString run()
    {
        while (!m_out.isWhole()) {
            if (!m_out.hasRoom()) {
                return m_out.problem();
            }
            const qsizetype begin = m_at;
            if (!value()) {
                m_at = begin;
                return m_problem.isEmpty()
                    ? viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "It ends in the middle of a value."))
                    : m_problem;
            }
        }
        return {};
    }

    [[nodiscard]] qsizetype offset() const { return m_at; }

private:
    template <typename T> bool take(T& value)
    {
        if (m_bytes.size() - m_at < static_cast<qsizetype>(sizeof(T))) {
            return false;
        }
        value = qFromBigEndian<T>(m_bytes.data() + m_at);
        m_at += static_cast<qsizetype>(sizeof(T));
        return true;
    }

    /// A size of 1, 2 or 4 bytes: `width` is 0, 1 or 2.
    bool takeSize(int width, quint64& size)
    {
        quint8 byte = 0;
        quint16 word = 0;
        quint32 longWord = 0;
        const bool isThere = width == 0 ? take(byte) : width == 1 ? take(word) : take(longWord);
        size = width == 0 ? byte : width == 1 ? word : longWord;
        return isThere;
    }

    bool takeBytes(quint64 size, QByteArrayView& bytes)
    {
        if (size > static_cast<quint64>(m_bytes.size() - m_at)) {
            return false;
        }
        bytes = m_bytes.sliced(m_at, static_cast<qsizetype>(size));
        m_at += static_cast<qsizetype>(size);
        return true;
    }

    bool string(quint64 size, bool isText)
    {
        QByteArrayView bytes;
        if (!takeBytes(size, bytes)) {
            return false;
        }
        isText ? m_out.text(bytes) : m_out.bytes(bytes);
        return true;
    }

    bool container(bool isMap, quint64 count)
    {
        const quint64 values = isMap ? 2 * count : count;
        if (values > static_cast<quint64>(m_bytes.size() - m_at)) {
            return false; // each takes a byte at least
        }
        m_out.open(isMap, static_cast<qint64>(values));
        return true;
    }

    /// The type -1 is a time: seconds, of the longer ones with nanoseconds.
    static QByteArray timeOf(QByteArrayView bytes)
    {
        qint64 seconds = 0;
        quint64 nanoseconds = 0;
        if (bytes.size() == 4) {
            seconds = qFromBigEndian<quint32>(bytes.data());
        } else if (bytes.size() == 8) {
            const auto both = qFromBigEndian<quint64>(bytes.data());
            nanoseconds = both >> 34;
            seconds = static_cast<qint64>(both & 0x3'ffff'ffff);
        } else if (bytes.size() == 12) {
            nanoseconds = qFromBigEndian<quint32>(bytes.data());
            seconds = qFromBigEndian<qint64>(bytes.data() + 4);
        } else {
            return {};
        }
        constexpr qint64 farthest = 253'402'300'800; // the year 10000
        if (std::abs(seconds / 2) > farthest / 2) {
            return {};
        }
        const QByteArray day = utcText(seconds, 'T').toLatin1();
        const QByteArray fraction =
            nanoseconds == 0 ? QByteArray() : QByteArray('.' + QByteArray::number(nanoseconds).rightJustified(9, '0'));
        return day + fraction + 'Z';
    }

    bool extension(quint64 size)
    {
        qint8 type = 0;
        QByteArrayView bytes;
        if (!take(type) || !takeBytes(size, bytes)) {
            return false;
        }
        const QByteArray time = type == -1 ? timeOf(bytes) : QByteArray();
        if (!time.isEmpty()) {
            m_out.text(time);
        } else {
            m_out.mark("-type", type);
            m_out.bytes(bytes);
        }
        return true;
    }

    template <typename T> bool natural()
    {
        T value = 0;
        if (!take(value)) {
            return false;
        }
        m_out.natural(value);
        return true;
    }

    template <typename T> bool integer()
    {
        T value = 0;
        if (!take(value)) {
            return false;
        }
        m_out.integer(value);
        return true;
    }

    bool value()
    {
        quint8 first = 0;
        if (!take(first)) {
            return false;
        }
        if (first < 0x80) {
            m_out.natural(first);
            return true;
        }
        if (first < 0xa0) {
            return container(first < 0x90, first & 0x0fU);
        }
        if (first < 0xc0) {
            return string(first & 0x1fU, true);
        }
        if (first >= 0xe0) {
            m_out.integer(static_cast<qint8>(first));
            return true;
        }
        return marked(first);
    }

    bool marked(quint8 first)
    {
        quint64 size = 0;
        quint32 word = 0;
        quint64 longWord = 0;
        switch (first) {
        case 0xc0:
            m_out.word("null");
            return true;
        case 0xc2:
        case 0xc3:
            m_out.word(first == 0xc2 ? "false" : "true");
            return true;
        case 0xc4:
        case 0xc5:
        case 0xc6:
            return takeSize(first - 0xc4, size) && string(size, false);
        case 0xc7:
        case 0xc8:
        case 0xc9:
            return takeSize(first - 0xc7, size) && extension(size);
        case 0xca:
            if (!take(word)) {
                return false;
            }
            m_out.number(static_cast<double>(std::bit_cast<float>(word)));
            return true;
        case 0xcb:
            if (!take(longWord)) {
                return false;
            }
            m_out.number(std::bit_cast<double>(longWord));
            return true;
        case 0xcc:
            return natural<quint8>();
        case 0xcd:
            return natural<quint16>();
        case 0xce:
            return natural<quint32>();
        case 0xcf:
            return natural<quint64>();
        case 0xd0:
            return integer<qint8>();
        case 0xd1:
            return integer<qint16>();
        case 0xd2:
            return integer<qint32>();
        case 0xd3:
            return integer<qint64>();
        case 0xd9:
        case 0xda:
        case 0xdb:
            return takeSize(first - 0xd9, size) && string(size, true);
        case 0xdc:
        case 0xdd:
            return takeSize(first - 0xdb, size) && container(false, size);
        case 0xde:
        case 0xdf:
            return takeSize(first - 0xdd, size) && container(true, size);
        case 0xc1:
            m_problem = viewText(QT_TRANSLATE_NOOP(
                "sockeye::ContentView", "This is not MessagePack: no value begins with the byte c1."));
            return false;
        default: // 0xd4 to 0xd8
            return extension(quint64(1) << (first - 0xd4));
        }
    }

    QByteArrayView m_bytes;
    ValuesWriter& m_out;
    qsizetype m_at = 0;
    QString m_problem;
};

} // namespace

ShownContent showAsMessagePack(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    Q_UNUSED(parameter)
    return showOneValue<MessagePackReading>(content, limits);
}

} // namespace sockeye
