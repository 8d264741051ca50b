"""quotebank inside other tools: a Stanza processor and a spaCy component.

Each module is found by the tool, or imported by name, and needs the tool that it is for; so this room hands on nothing
by itself. The strategies for Hypothesis are in `testing`; its entry point, `quotebank_hypothesis`, stands beside the
package, where importing it costs no import of ours.
"""
