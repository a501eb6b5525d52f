// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/filtering/field_sample.h"
#include "app/reading/capture.h"
#include "protocol/filter/schema.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>

namespace sockeye {

/// The fields that filters of a capture may use, and those that occur there, which is found out in the background.
class FilterFields : public QObject {
    Q_OBJECT
public:
    explicit FilterFields(QObject* parent = nullptr);
    ~FilterFields() override; ///< does not wait for what is under way

    void setCapture(std::shared_ptr<Capture> capture); ///< null: of the usual protocol, and nothing occurs
    /// Looks again at what occurs, if there is more than at the last look.
    void refresh();

    /// To check filters by: knows what occurs only where all of it was looked at.
    [[nodiscard]] const filter::Schema& schema() const;
    /// To complete by: knows what occurs of what was looked at.
    [[nodiscard]] const filter::Schema& forCompletion() const { return m_forCompletion; }

Q_SIGNALS:
    void changed();

private:
    void take();

    std::shared_ptr<Capture> m_capture;
    filter::Schema m_schema; ///< nothing occurs
    filter::Schema m_forCompletion;
    bool m_isWhole = false; ///< m_forCompletion knows all that occurred at the last look
    qsizetype m_looked = -1; ///< rows there were at the last look
    QFutureWatcher<FieldSample> m_watcher;
};

} // namespace sockeye
