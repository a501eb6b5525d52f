// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace sockeye {

class FilterEdit;
class FilterFields;
struct FindRequest;

/// The line under a messages table in which one says what to look for. Hidden until it is asked for.
class MessagesFindBar : public QWidget {
    Q_OBJECT
public:
    /// `fields`: that a filter may use; outlives it.
    explicit MessagesFindBar(FilterFields& fields, QWidget* parent = nullptr);

    void activate(); ///< shows itself, the old text selected
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool searchesBytes() const; ///< text() is hex
    [[nodiscard]] bool searchesFields() const; ///< text() is a filter
    /// Says what to look for in `request`; false where the text makes no sense: then it says why.
    [[nodiscard]] bool fill(FindRequest& request);
    /// What became of the search; `searching` offers to stop it.
    void showState(const QString& state, bool searching = false);
    [[nodiscard]] QString state() const;

Q_SIGNALS:
    void findRequested(bool backwards);
    void stopRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QToolButton* addButton(const QString& icon, const QString& name, const QString& toolTip);
    void applyTheme();
    void modeChanged();
    FilterEdit* m_text;
    QToolButton* m_bytes;
    QToolButton* m_fields;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_stop;
    QToolButton* m_close;
    QLabel* m_state;
};

} // namespace sockeye
