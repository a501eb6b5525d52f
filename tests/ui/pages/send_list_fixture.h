// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/pages/client_fixture.h"
#include "ui/sendlist/list_complaints.h"
#include "ui/sendlist/send_list_model.h"
#include "ui/sendlist/send_list_panel.h"
#include "ui/widgets/elided_label.h"

#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QTabWidget>
#include <QToolButton>

namespace sockeye {

inline ServerOptions persistentServer()
{
    ServerOptions options;
    options.serviceOptions.persistent = true;
    return options;
}

/// The list of a client page.
struct ListFixture {
    explicit ListFixture(ClientFixture& fixture)
        : client(fixture)
        , panel(*fixture.page.findChild<SendListPanel*>())
        , model(*panel.model())
    {
        for (auto* const tabs : fixture.page.findChildren<QTabWidget*>()) {
            if (const int index = tabs->indexOf(&panel); index >= 0) {
                tabs->setCurrentIndex(index);
            }
        }
    }
    void click(const char* name) const
    {
        auto* const button = client.part<QToolButton>(QString::fromLatin1(name));
        QVERIFY2(button != nullptr && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void addSearch(const QString& value) const
    {
        client.part<QLineEdit>(QStringLiteral("Value"))->setText(value);
        click("Add");
    }
    void set(int row, SendListModel::Column column, const char* text) const
    {
        QVERIFY(model.setData(model.index(row, column), QString::fromLatin1(text)));
    }
    [[nodiscard]] QString cell(int row, SendListModel::Column column) const
    {
        return model.index(row, column).data().toString();
    }
    [[nodiscard]] QString said() const
    {
        return panel.findChild<ElidedLabel*>(QStringLiteral("sendListState"))->fullText();
    }
    /// Line of what is wrong; null: there is none.
    [[nodiscard]] QString complaint(int line) const
    {
        const auto* const all = panel.findChild<ListComplaints*>();
        return all->item(line) == nullptr ? QString() : all->item(line)->text();
    }
    [[nodiscard]] QString fileShown() const
    {
        return panel.findChild<ElidedLabel*>(QStringLiteral("sendListFile"))->fullText();
    }
    void choose(const char* entry) const
    {
        for (QAction* const action : client.part<QToolButton>(QStringLiteral("List"))->menu()->actions()) {
            if (action->text() == QLatin1StringView(entry)) {
                action->trigger();
                return;
            }
        }
        QFAIL(entry);
    }
    void answer(QMessageBox::StandardButton button) const
    {
        auto* const question = panel.findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        question->button(button)->click();
        QTRY_VERIFY(panel.findChild<QMessageBox*>() == nullptr);
    }
    const ClientFixture& client;
    SendListPanel& panel;
    SendListModel& model;
};

} // namespace sockeye
