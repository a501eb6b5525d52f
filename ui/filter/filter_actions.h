// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/row.h"

#include <QString>

#include <functional>
#include <optional>

class QMenu;

namespace sockeye {

/// A field with a value that it has, as a filter writes them.
struct FilterTerm {
    QString field; ///< "json.items[0].id"
    QString value; ///< "7"
    QString part; ///< what `contains` would look for; empty where that makes no sense
};

/// Entries of a context menu that filter by it. `use` is given a test, and whether it joins the filter that is there.
void addFilterActions(
    QMenu& menu, const FilterTerm& term, const std::function<void(const QString& test, bool also)>& use);

} // namespace sockeye
