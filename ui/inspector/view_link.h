// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPointer>

namespace sockeye {

class HexView;
class StructureView;

/// Ties a StructureView and a HexView of the same message together: what is selected or pointed at in one is selected
/// or outlined in the other. Says the path of the field that is pointed at, else of the one that is selected.
class ViewLink : public QObject {
    Q_OBJECT
public:
    /// Both views live as long as the link.
    ViewLink(StructureView* structure, HexView* bytes, QObject* parent);

    /// For a line of text below the views: "JSON header › content-length = 41"; empty for nothing.
    [[nodiscard]] QString pathText() const;

Q_SIGNALS:
    void pathTextChanged();

private:
    void hover(int field, bool fromBytes);

    QPointer<StructureView> m_structure;
    QPointer<HexView> m_bytes;
    int m_hovered = -1;
    bool m_fromStructure = false;
};

} // namespace sockeye
