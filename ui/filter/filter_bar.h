// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/filter.h"

#include <QTimer>
#include <QWidget>

class QMenu;
class QToolButton;

namespace sockeye {

class FilterEdit;
class FilterFields;

/// The line above a table in which one says which rows it is to show. While there is a mistake in it, the last good
/// filter stays in force. Accessible name of the line: "Filter".
class FilterBar : public QWidget {
    Q_OBJECT
public:
    /// `fields` outlives it.
    explicit FilterBar(FilterFields& fields, QWidget* parent = nullptr);

    [[nodiscard]] const filter::Filter& filter() const { return m_inForce; } ///< that is in force
    [[nodiscard]] QString text() const;
    void setText(const QString& text); ///< in force at once, if it is right
    /// Puts a test in the place of the filter, or behind it with "&&".
    void add(const QString& test, bool also);
    /// The capture has another protocol, or is another one: what was right there may be wrong here.
    void checkAnew();
    void setBusy(bool busy); ///< offers to stop

    [[nodiscard]] bool hasMistake() const;
    /// What is to be said beneath it: a mistake, or what is surprising; empty for nothing.
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] FilterEdit* edit() const { return m_edit; }

Q_SIGNALS:
    void filterChanged(); ///< another one is in force
    void sentenceChanged();
    void stopRequested();
    void left(); ///< Escape in an empty line

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();
    void escape();
    void fillMenu();
    void askForName();
    void takeTheme();

    FilterEdit* m_edit;
    QToolButton* m_shelf;
    QToolButton* m_stop;
    QMenu* m_menu;
    QTimer m_soon; ///< until who types has paused
    filter::Filter m_inForce;
};

} // namespace sockeye
