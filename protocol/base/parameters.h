// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

namespace sockeye {

/// One thing that the name of a protocol sets: the "size" of "length:size=2".
struct Parameter {
    enum class Kind : quint8 {
        Number, ///< a whole number from `min` to `max`
        Choice, ///< one of `choices`
        Hex, ///< from `min` to `max` bytes in hexadecimal
    };
    QString key;
    Kind kind = Kind::Number;
    QString fallback; ///< what counts where the name does not say; null: the name has to say
    QString example;
    const char* says; ///< what it sets, in a few English words to be translated: "how many bytes the length has"
    qint64 min = 0;
    qint64 max = 0;
    QStringList choices;
};

/// What a name sets: a value for every parameter, each of them checked.
class ParameterValues {
public:
    void set(const QString& key, const QString& value) { m_values.insert(key, value); }

    [[nodiscard]] QString text(const QString& key) const { return m_values.value(key); }
    [[nodiscard]] qint64 number(const QString& key) const { return m_values.value(key).toLongLong(); }
    [[nodiscard]] QByteArray bytes(const QString& key) const
    {
        return QByteArray::fromHex(m_values.value(key).toLatin1());
    }

private:
    QHash<QString, QString> m_values;
};

/// "length:size=2": a name with an example of what it can be given.
[[nodiscard]] QString exampleName(const QString& name, const QList<Parameter>& parameters);

/// Reads "KEY=VALUE,…" for the protocol `name`; else a sentence that says what is expected, with an example.
[[nodiscard]] tl::expected<ParameterValues, QString> readParameters(
    const QString& name, const QList<Parameter>& parameters, QStringView text);

/// The one way to write a name with these values: in the order of the parameters, without what goes without saying.
[[nodiscard]] QString normalizedName(
    const QString& name, const QList<Parameter>& parameters, const ParameterValues& values);

} // namespace sockeye
