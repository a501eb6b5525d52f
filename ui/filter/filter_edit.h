// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/filter/completion.h"
#include "protocol/filter/filter.h"

#include <QLineEdit>

#include <optional>

class QCompleter;
class QStandardItemModel;

namespace sockeye {

class FilterFields;

/// A line in which one writes a filter: checked at each key, mistakes underlined where they are, fields and values
/// completed as one types and with Ctrl+Space.
///
/// Plain words, which are no filter, are not lost: the first completion looks for them in texts. Return takes what a
/// mistake suggests.
class FilterEdit : public QLineEdit {
    Q_OBJECT
public:
    /// `fields` outlives it.
    explicit FilterEdit(FilterFields& fields, QWidget* parent = nullptr);

    /// Whether the text is a filter, and not any text; true at first.
    void setChecking(bool checking);

    [[nodiscard]] const std::optional<filter::Mistake>& mistake() const { return m_mistake; }
    [[nodiscard]] const filter::Filter& filter() const { return m_filter; } ///< the last one without a mistake
    /// What is to be said of the text: a mistake, else what is surprising about it, with what Return would make of it;
    /// empty for nothing.
    [[nodiscard]] QString sentence() const;
    /// Takes what the mistake suggests; false where it suggests nothing.
    bool takeSuggestion();
    void complete(); ///< offers what may stand at the cursor
    [[nodiscard]] QCompleter* completions() const { return m_completer; }

Q_SIGNALS:
    void checked(); ///< mistake(), filter() or sentence() may have changed
    void accepted(); ///< Return, on a text without mistake
    void escaped(); ///< Escape, with no completions open

protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void check();
    void edited();
    void offer(const filter::Completion& completion);
    void insert(const QModelIndex& index);
    bool takeCompletion();
    [[nodiscard]] bool isUnknownWord() const;
    [[nodiscard]] QString plainMeaning() const;
    [[nodiscard]] int positionX(qsizetype at) const;
    void underline(const filter::Mistake& mistake, const QColor& colour);

    FilterFields& m_fields;
    QCompleter* m_completer;
    QStandardItemModel* m_candidates;
    filter::Completion m_offered;
    filter::Filter m_filter;
    QList<filter::Mistake> m_remarks;
    std::optional<filter::Mistake> m_mistake;
    bool m_isChecking = true;
};

} // namespace sockeye
