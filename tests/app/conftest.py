"""Starting the program opens windows: what holds for the tests of the window holds here."""

from tests.ui.conftest import no_thread_left_behind, own_data, the_usual_look, the_usual_type

__all__ = ["no_thread_left_behind", "own_data", "the_usual_look", "the_usual_type"]
