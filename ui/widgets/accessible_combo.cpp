// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/accessible_combo.h"

#include <QAccessibleWidget>
#include <QComboBox>

namespace sockeye {

namespace {

class AccessibleCombo : public QAccessibleWidget {
public:
    explicit AccessibleCombo(QComboBox* box)
        : QAccessibleWidget(box, QAccessible::ComboBox)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Value ? box()->currentText() : QAccessibleWidget::text(which);
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.expandable = true;
        state.hasPopup = true;
        state.editable = box()->isEditable();
        return state;
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        return { showMenuAction(), pressAction(), setFocusAction() };
    }

    void doAction(const QString& action) override
    {
        if (action == showMenuAction() || action == pressAction()) {
            box()->showPopup();
        } else {
            QAccessibleWidget::doAction(action);
        }
    }

private:
    [[nodiscard]] QComboBox* box() const { return static_cast<QComboBox*>(widget()); }
};

QAccessibleInterface* makeAccessible(const QString& className, QObject* object)
{
    auto* box = className == QLatin1StringView("QComboBox") ? qobject_cast<QComboBox*>(object) : nullptr;
    return box != nullptr ? new AccessibleCombo(box) : nullptr;
}

} // namespace

void nameComboBoxesByTheirLabels()
{
    QAccessible::installFactory(makeAccessible);
}

} // namespace sockeye
