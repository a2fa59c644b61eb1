#include "ui/theme/focus_ring.h"

#include <QFocusEvent>
#include <QStyle>
#include <QWidget>

namespace likeness {
namespace {

constexpr char kProperty[] = "keyboardFocus";

class FocusRing : public QObject {
 public:
  using QObject::QObject;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
      if (auto* widget = qobject_cast<QWidget*>(watched)) mark(widget, static_cast<QFocusEvent*>(event));
    }
    return QObject::eventFilter(watched, event);
  }

 private:
  static void mark(QWidget* widget, const QFocusEvent* event) {
    const Qt::FocusReason reason = event->reason();
    const bool keyboard = event->gotFocus() && (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                                                reason == Qt::ShortcutFocusReason);
    if (widget->property(kProperty).toBool() == keyboard) return;
    widget->setProperty(kProperty, keyboard);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
  }
};

}  // namespace

void installFocusRing(QApplication& application) { application.installEventFilter(new FocusRing(&application)); }

}  // namespace likeness
