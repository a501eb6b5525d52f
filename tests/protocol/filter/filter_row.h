// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/filter.h"

#include <QHash>

#include <memory>

namespace sockeye {

/// The names that the tests of filters use: those of the language's contract.
[[nodiscard]] const filter::Schema& testSchema();

/// A row with whatever values it is given.
class FilterRow final : public filter::Row {
public:
    FilterRow& set(const char* name, filter::Value value); ///< what it points at is copied
    FilterRow& setJson(const char* name, const QByteArray& json);
    FilterRow& setFields(const char* name, std::unique_ptr<filter::Fields> fields);

    [[nodiscard]] filter::Value value(int field) const override;
    [[nodiscard]] const filter::Fields* fields(int field) const override;

private:
    QHash<int, filter::Value> m_values;
    QHash<int, QByteArray> m_bytes;
    QHash<int, std::shared_ptr<filter::Fields>> m_fields;
};

/// A reply that came in two reads, the second of which it shares with another message.
[[nodiscard]] const FilterRow& exampleRow();

} // namespace sockeye
