// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/endpoint/client.h"
#include "app/reading/capture.h"
#include "app/repeat/repeat_report.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <optional>

class QPushButton;
class QSpinBox;

namespace sockeye {

class ElidedLabel;
class FilterEdit;
class FilterFields;

/// How the request is sent again and again: every so many milliseconds, so many times, until a reply matches; and what
/// has come of it, while it runs and afterwards.
class RepeatRow final : public QWidget {
    Q_OBJECT
public:
    explicit RepeatRow(QWidget* parent = nullptr);

    /// Whose fields the filter is of, and which values it offers.
    void setCapture(const std::shared_ptr<Capture>& capture);
    /// As it stands there, for a client with these options. Nothing: the filter has a mistake, which is said beneath
    /// it.
    [[nodiscard]] std::optional<Repetition> repetition(const ClientOptions& options) const;

    /// It runs. `report` is asked for while it does, and once at the end.
    void begin(const std::function<const RepeatReport&()>& report);
    void end(RepeatEnd end);

    [[nodiscard]] QJsonObject saveState() const;
    void restore(const QJsonObject& state);

Q_SIGNALS:
    void startWanted();
    void stopWanted();

private:
    void showState();
    void showReport();

    FilterFields* m_fields;
    QSpinBox* m_every;
    QSpinBox* m_times;
    FilterEdit* m_until;
    QPushButton* m_start;
    QPushButton* m_stop;
    ElidedLabel* m_mistake;
    ElidedLabel* m_counts;
    ElidedLabel* m_spreads;
    std::function<const RepeatReport&()> m_report; ///< while it runs
};

} // namespace sockeye
