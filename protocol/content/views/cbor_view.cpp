// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/content/views/one_value.h"
#include "protocol/content/views/view_functions.h"
#include "protocol/text/describe_bytes.h"

#include <QCborStreamReader>
#include <QCoreApplication>

#include <limits>
#include <vector>

namespace sockeye {

namespace {

/// Reads one value of CBOR (RFC 8949) with Qt's reader of tokens, which announces sizes that it did not check: they are
/// checked here, before anything is made of them.
class CborReading {
public:
    CborReading(QByteArrayView bytes, ValuesWriter& out)
        : m_reader(bytes.toByteArray())
        , m_size(bytes.size())
        , m_out(out)
    {
    }

    /// What is wrong, or empty.
    QString run()
    {
        while (!m_out.isWhole()) {
            if (!m_isIndefinite.empty() && m_reader.lastError() == QCborError::NoError && !m_reader.hasNext()) {
                if (!leave()) {
                    return broken();
                }
                continue;
            }
            if (!m_out.hasRoom()) {
                return m_out.problem();
            }
            if (!m_reader.isValid() || !value()) {
                return broken();
            }
        }
        while (!m_isIndefinite.empty() && m_reader.lastError() == QCborError::NoError && !m_reader.hasNext()) {
            if (!leave()) {
                return broken();
            }
        }
        return {};
    }

    [[nodiscard]] qint64 offset() const { return m_reader.currentOffset(); }

private:
    [[nodiscard]] QString broken()
    {
        const QCborError error = m_reader.lastError();
        return error == QCborError::NoError || error == QCborError::EndOfFile
            ? viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "It ends in the middle of a value."))
            : viewText(QT_TRANSLATE_NOOP("sockeye::ContentView", "This is not CBOR: %1.")).arg(error.toString());
    }

    bool leave()
    {
        const bool byMark = m_isIndefinite.back();
        m_isIndefinite.pop_back();
        if (byMark) {
            m_out.close();
        }
        return m_reader.leaveContainer() || m_reader.lastError() == QCborError::EndOfFile;
    }

    bool next() { return m_reader.next() || m_reader.lastError() == QCborError::EndOfFile; }

    bool value()
    {
        switch (m_reader.type()) {
        case QCborStreamReader::UnsignedInteger:
            m_out.natural(m_reader.toUnsignedInteger());
            return next();
        case QCborStreamReader::NegativeInteger:
            negative(quint64(m_reader.toNegativeInteger()));
            return next();
        case QCborStreamReader::ByteArray:
        case QCborStreamReader::String:
            return string();
        case QCborStreamReader::Array:
        case QCborStreamReader::Map:
            return container();
        case QCborStreamReader::Tag:
            m_out.mark("-tag", static_cast<qint64>(m_reader.toTag()));
            return m_reader.next();
        case QCborStreamReader::SimpleType:
            simple(m_reader.toSimpleType());
            return next();
        case QCborStreamReader::Float16:
            m_out.number(static_cast<double>(m_reader.toFloat16()));
            return next();
        case QCborStreamReader::Float:
            m_out.number(static_cast<double>(m_reader.toFloat()));
            return next();
        case QCborStreamReader::Double:
            m_out.number(m_reader.toDouble());
            return next();
        case QCborStreamReader::Invalid:
            break;
        }
        return false;
    }

    /// `value` is the number without its sign; 0 stands for 2⁶⁴.
    void negative(quint64 value)
    {
        if (value != 0 && value <= quint64(std::numeric_limits<qint64>::max()) + 1) {
            m_out.integer(static_cast<qint64>(0 - value));
        } else {
            m_out.word(value == 0 ? QByteArray("-18446744073709551616") : QByteArray('-' + QByteArray::number(value)));
        }
    }

    void simple(QCborSimpleType type)
    {
        switch (type) {
        case QCborSimpleType::False:
            m_out.word("false");
            break;
        case QCborSimpleType::True:
            m_out.word("true");
            break;
        case QCborSimpleType::Null:
            m_out.word("null");
            break;
        case QCborSimpleType::Undefined:
            m_out.text("undefined");
            break;
        default:
            m_out.text(QByteArray("simple(" + QByteArray::number(static_cast<int>(type)) + ')'));
            break;
        }
    }

    bool string()
    {
        const bool isText = m_reader.isString();
        QByteArray all;
        while (true) {
            const qsizetype size = m_reader.currentStringChunkSize();
            if (size < 0 || size > m_size - m_reader.currentOffset()) {
                return false;
            }
            const qsizetype had = all.size();
            all.resize(had + size);
            const auto chunk = m_reader.readStringChunk(all.data() + had, size);
            if (chunk.status == QCborStreamReader::Error) {
                return false;
            }
            all.resize(had + (chunk.status == QCborStreamReader::Ok ? chunk.data : 0));
            if (chunk.status == QCborStreamReader::EndOfString) {
                break;
            }
        }
        isText ? m_out.text(all) : m_out.bytes(all);
        return true;
    }

    bool container()
    {
        const bool isMap = m_reader.isMap();
        qint64 count = -1;
        if (m_reader.isLengthKnown()) {
            const quint64 length = m_reader.length();
            // Each value takes a byte at least.
            if (length > quint64(m_size) / (isMap ? 2 : 1)) {
                return false;
            }
            count = static_cast<qint64>(length) * (isMap ? 2 : 1);
        }
        if (!m_reader.enterContainer()) {
            return false;
        }
        m_isIndefinite.push_back(count < 0);
        m_out.open(isMap, count);
        return true;
    }

    QCborStreamReader m_reader;
    qsizetype m_size;
    ValuesWriter& m_out;
    std::vector<bool> m_isIndefinite; ///< of the containers that the reader is in
};

} // namespace

ShownContent showAsCbor(QByteArrayView content, const QString& parameter, const ViewLimits& limits)
{
    Q_UNUSED(parameter)
    return showOneValue<CborReading>(content, limits);
}

} // namespace sockeye
