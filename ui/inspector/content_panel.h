// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/inspected_message.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace sockeye {

/// The content of a message, or the bytes that are selected in it, in a view that one chooses: JSON, CBOR, MessagePack,
/// text in any encoding, a struct in Python's notation, times, hex. Accessible name "Content". Works only while it is
/// visible.
class ContentPanel : public QWidget {
    Q_OBJECT
public:
    explicit ContentPanel(QWidget* parent = nullptr);

    /// `selected` 0: nothing is selected, the content is shown.
    void setBytes(const InspectedMessagePtr& message, qint64 offset, qint64 selected);

    /// The chosen view, for the next start: "cbor", "text:GBK"; empty: by type or look.
    [[nodiscard]] QString view() const;
    void setView(const QString& view);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void viewChanged();
    void fill();
    void takeTheme();
    [[nodiscard]] QString effectiveView(QByteArrayView bytes, bool isContent) const;

    InspectedMessagePtr m_message;
    qint64 m_offset = 0;
    qint64 m_selected = 0;
    bool m_isStale = false; ///< something changed while nobody looked
    QComboBox* m_view;
    QComboBox* m_encoding; ///< of text
    QLineEdit* m_format; ///< of a struct
    QLabel* m_about; ///< what is shown, and what is wrong with it
    QPlainTextEdit* m_text;
};

} // namespace sockeye
