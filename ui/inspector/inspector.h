// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/models/message_ref.h"

#include <QWidget>

#include <memory>

namespace sockeye {

class HexView;
class InspectorPrivate;

/// The right side of the window: the selected message as Structure, Bytes, JSON and Value, linked with each other.
/// Reads and annotates outside the GUI thread; what was asked for last wins.
class Inspector : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);
    ~Inspector() override;

    void show(const MessageRef& message); ///< an empty reference: says what belongs here
    [[nodiscard]] MessageRef message() const;

    /// Selects bytes of the message that was asked for last, as soon as it is on the screen.
    void selectBytes(qint64 offset, qint64 size);

    /// Layout of the splitters and the chosen tab, for the next start.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);

    [[nodiscard]] HexView* bytes() const; ///< for actions of menus: go to offset, copy as
    void copySelection(); ///< what is selected in the part that has the focus; bytes as hex

    using QWidget::show;

Q_SIGNALS:
    /// The message that was asked for is on the screen.
    void shown();
    void bytesSelected(qint64 offset, qint64 size); ///< of the message on the screen; size 0: none
    void filterRequested(const QString& test, bool also); ///< by a field; `also`: of what is shown already

protected:
    void keyPressEvent(QKeyEvent* event) override; ///< F6, Shift+F6: from part to part

private:
    std::unique_ptr<InspectorPrivate> d;
};

} // namespace sockeye
