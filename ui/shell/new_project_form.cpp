#include "ui/shell/new_project_form.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "core/api/photo_list.h"
#include "ui/shell/recent_projects.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/noun_field.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_model.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kTile = 88;
constexpr std::size_t kMostShown = 60;

QVBoxLayout* fieldColumn(const QString& label, QWidget* field, QLabel* hint) {
  auto* column = new QVBoxLayout;
  column->setSpacing(kSpace4);
  column->addWidget(makeFieldLabel(label, field));
  column->addWidget(field);
  column->addWidget(hint);
  return column;
}

}  // namespace

NewProjectForm::NewProjectForm(QWidget* parent)
    : Card(parent),
      m_model(new PictureModel(this)),
      m_grid(new PictureGrid(m_model)),
      m_count(makeLabel({}, TextStyle::Body, Tone::Soft)),
      m_noun(new NounField),
      m_name(new QLineEdit),
      m_place(makeParagraph({}, TextStyle::Small)),
      m_create(makeButton(tr("Begin"), QStringLiteral("createProject"), ButtonKind::Primary, ButtonSize::Big)) {
  setObjectName(QStringLiteral("newProjectForm"));
  column()->setContentsMargins(kSpace24, kSpace24, kSpace24, kSpace24);
  column()->setSpacing(kSpace16);
  m_noun->setObjectName(QStringLiteral("newClassNoun"));
  m_name->setObjectName(QStringLiteral("newProjectName"));
  m_grid->setObjectName(QStringLiteral("newPhotos"));
  m_grid->setAccessibleName(tr("Photos of the new project"));
  m_grid->setSingleRow(kTile);
  m_grid->setSelectionMode(QAbstractItemView::NoSelection);
  m_grid->setFocusPolicy(Qt::NoFocus);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  column()->addWidget(makeLabel(tr("A new subject"), TextStyle::Title));
  column()->addWidget(m_count);
  column()->addWidget(m_grid);
  auto* fields = new QHBoxLayout;
  fields->setSpacing(kSpace16);
  QLabel* hint = makeParagraph(tr("One everyday word for what it is, in English."), TextStyle::Small);
  fields->addLayout(fieldColumn(tr("It is a"), m_noun, hint), 1);
  fields->addLayout(fieldColumn(tr("Name of the project"), m_name, m_place), 1);
  column()->addLayout(fields);
  auto* buttons = new QHBoxLayout;
  auto* back = makeButton(tr("Back"), QStringLiteral("abandonProject"), ButtonKind::Quiet);
  buttons->addWidget(back);
  buttons->addStretch();
  buttons->addWidget(m_create);
  column()->addLayout(buttons);

  connect(m_noun, &QLineEdit::textChanged, this, [this] {
    proposeName();
    update();
  });
  connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameTouched = true; });
  connect(m_name, &QLineEdit::textChanged, this, &NewProjectForm::update);
  connect(m_noun, &QLineEdit::returnPressed, this, &NewProjectForm::create);
  connect(m_name, &QLineEdit::returnPressed, this, &NewProjectForm::create);
  connect(m_create, &QPushButton::clicked, this, &NewProjectForm::create);
  connect(back, &QPushButton::clicked, this, &NewProjectForm::abandoned);
  update();
}

void NewProjectForm::addPhotos(const QStringList& photos) {
  for (const QString& photo : photos) {
    if (!m_photos.contains(photo)) m_photos.append(photo);
  }
  std::vector<std::filesystem::path> given;
  for (const QString& path : m_photos) given.push_back(toPath(path));
  const auto listed = listPhotoFiles(given);
  const auto files = listed.ok() ? listed.value() : given;
  std::vector<PictureItem> items;
  for (const auto& file : files) {
    if (items.size() >= kMostShown) break;
    PictureItem item;
    item.key = item.file = toQString(file);
    item.toolTip = item.accessibleText = toQString(file.filename());
    items.push_back(std::move(item));
  }
  m_count->setText(tr("%n photo(s)", nullptr, static_cast<int>(files.size())));
  m_model->setItems(std::move(items));
  update();
}

void NewProjectForm::clear() {
  m_photos.clear();
  m_model->setItems({});
  m_noun->clear();
  m_name->clear();
  m_nameTouched = false;
}

void NewProjectForm::begin() { m_noun->setFocus(); }

void NewProjectForm::proposeName() {
  const QString noun = m_noun->text().trimmed();
  if (!m_nameTouched) m_name->setText(noun.isEmpty() ? QString() : tr("My %1").arg(noun));
}

void NewProjectForm::update() {
  const QString name = m_name->text().trimmed();
  m_place->setText(name.isEmpty() ? tr("It becomes a folder in %1.").arg(projectsFolder())
                                  : tr("Kept in %1").arg(freeProjectFolder(name)));
  m_create->setEnabled(!m_photos.isEmpty() && !m_noun->text().trimmed().isEmpty() && !name.isEmpty());
}

void NewProjectForm::create() {
  if (!m_create->isEnabled()) return;
  Q_EMIT created(freeProjectFolder(m_name->text()), m_photos, m_noun->text().trimmed());
}

}  // namespace likeness
