// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/row.h"

namespace sockeye::filter {

/// JSON text as fields. Nothing is made of it beforehand: each search walks over it, once for each step of a path.
/// Where a key comes twice, the last one counts. Text that is no JSON has the fields that can be read of it.
class JsonFields final : public Fields {
public:
    /// The bytes must outlive this, and values found.
    explicit JsonFields(QByteArrayView json);

    bool find(const Path& path, Storage& storage, ValueSink& sink) const override;
    [[nodiscard]] qint64 searchBytes() const override { return m_json.size(); }

private:
    QByteArrayView m_json;
};

} // namespace sockeye::filter
