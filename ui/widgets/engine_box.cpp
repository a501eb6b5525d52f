// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/engine_box.h"

namespace sockeye {

EngineBox::EngineBox(QWidget* parent)
    : QComboBox(parent)
{
    setAccessibleName(tr("Engine"));
    for (const Engine* const engine : engines()) {
        addItem(engine->title(), QString(engine->id()));
    }
    setCurrentIndex(findData(QString(defaultEngine().id())));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed); // no wider than its titles, however much room there is
    connect(this, &QComboBox::currentIndexChanged, this, &EngineBox::describe);
    describe();
}

const Engine* EngineBox::engine() const
{
    const Engine* const chosen = engineNamed(currentData().toString());
    return chosen != nullptr ? chosen : &defaultEngine();
}

QJsonValue EngineBox::saveState() const
{
    return currentData().toString();
}

void EngineBox::restore(const QJsonValue& state)
{
    if (const int index = findData(state.toString()); index >= 0) {
        setCurrentIndex(index);
    }
}

void EngineBox::describe()
{
    const QStringList limits = engine()->limits();
    const QString text = limits.isEmpty() ? tr("What owns the sockets. This one tells and does all that TCP can.")
                                          : QString(tr("What owns the sockets.") + u'\n' + limits.join(u'\n'));
    setToolTip(text);
    setAccessibleDescription(text);
}

} // namespace sockeye
