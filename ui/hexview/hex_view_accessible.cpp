// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/hexview/hex_view_accessible.h"

#include "ui/hexview/hex_view.h"

#include <QAccessibleWidget>

namespace sockeye {

namespace {

class AccessibleHexView : public QAccessibleWidget {
public:
    explicit AccessibleHexView(HexView* view)
        : QAccessibleWidget(view, QAccessible::Document)
    {
    }

    QString text(QAccessible::Text kind) const override
    {
        if (kind != QAccessible::Value) {
            return QAccessibleWidget::text(kind);
        }
        const auto* view = qobject_cast<const HexView*>(object());
        if (view == nullptr || view->message() == nullptr || view->selectionSize() == 0) {
            return {};
        }
        constexpr qint64 spoken = 64; // more of them help nobody
        const QByteArrayView bytes(view->message()->bytes());
        return exportBytes(bytes.sliced(view->selectionOffset(), qMin(spoken, view->selectionSize())), ByteForm::Hex);
    }
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object)
{
    auto* view = className == QLatin1StringView("sockeye::HexView") ? qobject_cast<HexView*>(object) : nullptr;
    return view == nullptr ? nullptr : new AccessibleHexView(view);
}

} // namespace

void makeHexViewAccessible()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace sockeye
