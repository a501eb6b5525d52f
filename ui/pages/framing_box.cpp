// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/framing_box.h"

namespace sockeye {

FramingBox::FramingBox(QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Read as"));
    setToolTip(tr("The rule by which the streams are cut into messages"));
    addItem(tr("Application protocol"), static_cast<int>(FramingKind::App));
    addItem(tr("Lines of text"), static_cast<int>(FramingKind::Lines));
    addItem(tr("Bytes as they came"), static_cast<int>(FramingKind::Raw));
    connect(this, &QComboBox::activated, this, [this] { Q_EMIT chosen(framing()); });
}

void FramingBox::setFraming(FramingKind framing)
{
    const int index = findData(static_cast<int>(framing));
    setCurrentIndex(index >= 0 ? index : findData(static_cast<int>(FramingKind::Raw))); // datagrams: not a choice
}

FramingKind FramingBox::framing() const
{
    return static_cast<FramingKind>(currentData().toInt());
}

} // namespace sockeye
