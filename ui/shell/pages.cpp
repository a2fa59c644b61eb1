#include "ui/shell/pages.h"

#if __has_include("ui/subject/subject_page.h")
#include "ui/subject/subject_page.h"
#endif
#if __has_include("ui/priors/priors_page.h")
#include "ui/priors/priors_page.h"
#endif
#if __has_include("ui/training/training_page.h") && __has_include("ui/training/training_page.cpp")
#include "ui/training/training_page.h"
#define HAVE_TRAINING
#endif
#if __has_include("ui/compose/compose_page.h") && __has_include("ui/compose/sources.cmake")
#include "ui/compose/compose_page.h"
#define HAVE_COMPOSE
#endif
#if __has_include("ui/exporting/export_page.h") && __has_include("ui/exporting/sources.cmake")
#include "ui/exporting/export_page.h"
#define HAVE_EXPORT
#endif

namespace likeness {

std::vector<Page*> makePages(Session* session) {
  std::vector<Page*> pages;
  pages.push_back(new SubjectPage(session));
  pages.push_back(new PriorsPage(session));
#ifdef HAVE_TRAINING
  pages.push_back(new TrainingPage(session));
#endif
#ifdef HAVE_COMPOSE
  pages.push_back(new ComposePage(session));
#endif
#ifdef HAVE_EXPORT
  pages.push_back(new ExportPage(session));
#endif
  return pages;
}

}  // namespace likeness
